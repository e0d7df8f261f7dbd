"""The trial of a training's winner: registered, held against the champion, and judged by the gate."""

from dataclasses import dataclass

import mlflow

from training.claim import Claim
from training.errors import BundleError
from training.gate import Decision, Trial, decide
from training.logged_model import load_run_model
from training.measured import Measured
from training.registry import Registry
from training.runs import CARD, Setting
from training.scored import Scored, answered_documents
from training.slices import facets
from training.smoke import Smoke, smoke_test


@dataclass(frozen=True)
class Contender:
    """A measured candidate, the run it was logged in and what it said of the seed articles."""

    measured: Measured
    run_id: str
    smoke: Smoke | None


@dataclass(frozen=True)
class Champion:
    """The champion's answers for the frozen texts and the seed articles, or why there are none."""

    answers: Scored | None
    smoke: Smoke | None
    absent: str = ""


def stand_trial(registry: Registry, best: Contender, setting: Setting, *, seeds_block: bool) -> tuple[str, Decision]:
    """Register the winner, hold it against the champion, and write on the version what came of it."""
    claim, held = setting.claim, registry.champion()
    present = _champion(registry, held, claim)
    decision = decide(
        Trial(
            challenger=best.measured.test,
            champion=present.answers,
            groups=claim.test.groups,
            facets=facets([record.model_dump() for record in claim.test.records]),
            metric=claim.metric,
            smoke=best.smoke,
            champion_smoke=present.smoke,
            seeds_block=seeds_block,
            no_champion=present.absent,
        ),
        seed=setting.seed,
    )
    version = registry.register(best.run_id)
    notes = {"gate": decision.outcome, "corpus_digest": claim.corpus.digest}
    notes |= {"candidate": best.measured.candidate.name}
    if decision.difference:
        notes |= {"compared_with": str(held), "difference": decision.difference.signed}
    registry.annotate(version, decision.reason, mlflow.artifacts.load_text(f"runs:/{best.run_id}/{CARD}"), notes)
    return version, decision


def _champion(registry: Registry, held: str | None, claim: Claim) -> Champion:
    if held is None:
        return Champion(None, None, "there was no champion")
    try:
        model = load_run_model(registry.client, registry.resolve_run(held))
        answers = answered_documents(model, claim.test.documents, claim.test.truth)
        return Champion(answers, smoke_test(model, claim.articles))
    except BundleError as error:
        return Champion(None, None, f"the present code cannot load champion {held} ({error})")
