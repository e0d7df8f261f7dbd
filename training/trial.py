"""The trial of a training's winner: registered, held against the champion, and judged by the gate."""

from dataclasses import dataclass

import mlflow
from mlflow import MlflowClient

from training.errors import BundleError
from training.gate import Decision, Trial, decide
from training.measured import Measured
from training.registry import annotate, champion, load_run_model, register, resolve_run
from training.runs import CARD, Setting
from training.scored import Scored, answered_documents
from training.slices import facets
from training.smoke import Article, Smoke, smoke_test


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


def stand_trial(
    client: MlflowClient, best: Contender, setting: Setting, articles: list[Article], *, seeds_block: bool
) -> tuple[str, Decision]:
    """Register the winner, hold it against the champion, and write on the version what came of it."""
    held = champion(client)
    present = _champion(client, held, setting, articles)
    decision = decide(
        Trial(
            challenger=best.measured.test,
            champion=present.answers,
            groups=setting.test.groups,
            facets=facets([record.model_dump() for record in setting.test.records]),
            smoke=best.smoke,
            champion_smoke=present.smoke,
            seeds_block=seeds_block,
            no_champion=present.absent,
        ),
        seed=setting.seed,
    )
    version = register(client, best.run_id)
    notes = {"gate": decision.outcome, "corpus_digest": setting.digest}
    notes |= {"candidate": best.measured.candidate.name}
    if decision.difference:
        notes |= {"compared_with": str(held), "difference": decision.difference.signed}
    annotate(client, version, decision.reason, mlflow.artifacts.load_text(f"runs:/{best.run_id}/{CARD}"), notes)
    return version, decision


def _champion(client: MlflowClient, held: str | None, setting: Setting, articles: list[Article]) -> Champion:
    if held is None:
        return Champion(None, None, "there was no champion")
    try:
        model = load_run_model(client, resolve_run(client, held))
        answers = answered_documents(model, setting.test.documents, setting.test.truth)
        return Champion(answers, smoke_test(model, articles))
    except BundleError as error:
        return Champion(None, None, f"the present code cannot load champion {held} ({error})")
