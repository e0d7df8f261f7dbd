"""One training from corpus to champion: fit, measure, log, rank, register, gate, export."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import mlflow
from mlflow import MlflowClient

from training.candidates import Candidate, Plan
from training.card import table
from training.corpus import read_corpus
from training.errors import BundleError
from training.fit import train_candidates
from training.gate import Decision, Trial, decide
from training.measured import Measured, measure_candidate, ranked
from training.progress import Progress
from training.registry import CHOSEN_RUN, annotate, champion, load_run_model, register, resolve_run
from training.runs import CARD, Setting, log_candidate, tags
from training.scored import Scored, answered
from training.settings import Settings
from training.slices import facets
from training.smoke import Smoke, read_articles, smoke_test
from training.succession import enthrone
from training.tracking import connect

SUMMARY = (
    "cv_macro_f1",
    "macro_f1",
    "macro_f1_low",
    "macro_f1_high",
    "ece",
    "texts_per_second",
    "model_bytes",
)


@dataclass(frozen=True)
class Training:
    """What came of a training: candidates best first, the winner's version, and the gate's decision."""

    ranking: list[Measured]
    version: str
    decision: Decision
    run_id: str


@dataclass(frozen=True)
class Winner:
    """The best candidate, the run it was logged in and what it said of the seed articles."""

    measured: Measured
    run_id: str
    smoke: Smoke | None


def train(
    settings: Settings,
    plan: Plan,
    candidates: Sequence[Candidate],
    progress: Progress,
    *,
    seed: int = 0,
    jobs: int = -1,
    seeds_block: bool = False,
) -> Training:
    """Train the candidates, register the best, and let the gate decide whether it becomes champion.

    Raises:
        CorpusError: the corpus breaks its schema; nothing is logged then.
        CandidateError: a candidate cannot be built.
    """
    corpus = read_corpus(settings.corpus)
    setting = Setting(plan, corpus.split("train"), corpus.split("test"), corpus.digest, seed)
    articles = read_articles(settings.articles)
    client = connect(settings)
    with _parent_run(setting, candidates) as run_id:
        with progress.stage("Fitting", len(candidates)) as step:
            trained = train_candidates(candidates, plan, setting.train, seed=seed, jobs=jobs, on_done=step)
        winners: list[Winner] = []
        with progress.stage("Measuring and logging", len(candidates)) as step:
            for one in trained:
                measured = measure_candidate(one, setting.train, setting.test, seed)
                smoke = smoke_test(measured.model, articles)
                winners.append(Winner(measured, log_candidate(measured, setting, smoke), smoke))
                step(one.candidate.name)
        ranking = ranked([found.measured for found in winners])
        best = next(found for found in winners if found.measured is ranking[0])
        version, decision = _stand_trial(client, best, setting, seeds_block)
        _log_summary(ranking, best, version, decision)
    if decision.promoted:
        with progress.stage("Exporting", 1) as step:
            enthrone(client, version, settings.models)
            step(best.measured.candidate.name)
    return Training(ranking, version, decision, run_id)


@contextmanager
def _parent_run(setting: Setting, candidates: Sequence[Candidate]) -> Iterator[str]:
    names = ", ".join(candidate.name for candidate in candidates)
    with mlflow.start_run(run_name=f"train {len(candidates)} candidates", tags=tags(setting)) as run:
        mlflow.log_params({"candidates": names, "seed": setting.seed, "folds": setting.plan.folds})
        mlflow.log_params({"train_texts": len(setting.train), "test_texts": len(setting.test)})
        yield str(run.info.run_id)


def _stand_trial(client: MlflowClient, best: Winner, setting: Setting, seeds_block: bool) -> tuple[str, Decision]:
    """Register the winner, hold it against the champion, and write on the version what came of it."""
    held = champion(client)
    answers, why_none = _champion_answers(client, held, setting)
    decision = decide(
        Trial(
            challenger=best.measured.test,
            champion=answers,
            groups=setting.test.groups,
            facets=facets([record.model_dump() for record in setting.test.records]),
            smoke=best.smoke,
            seeds_block=seeds_block,
            no_champion=why_none,
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


def _champion_answers(client: MlflowClient, held: str | None, setting: Setting) -> tuple[Scored | None, str]:
    """The champion's answers for the frozen texts, or None and why there are none."""
    if held is None:
        return None, "there was no champion"
    try:
        model = load_run_model(client, resolve_run(client, held))
        return answered(model, setting.test.texts, setting.test.truth), ""
    except BundleError as error:
        return None, f"the present code cannot load champion {held} ({error})"


def _log_summary(ranking: Sequence[Measured], best: Winner, version: str, decision: Decision) -> None:
    """Write on the parent run which candidate won, why, and what the gate said."""
    name = best.measured.candidate.name
    rows = [[found.candidate.name, *(f"{found.figures[column]:.4g}" for column in SUMMARY)] for found in ranking]
    note = (
        f"**{name}** has the highest cross-validated macro-F1 and is version {version}; {decision.reason}.\n\n"
        f"{table(['candidate', *SUMMARY], rows)}"
    )
    mlflow.set_tags({"mlflow.note.content": note, CHOSEN_RUN: best.run_id, "candidate": name})
    mlflow.set_tags({"version": version, "gate": decision.outcome})
    mlflow.log_metrics(best.measured.figures)
    mlflow.log_text(note, "summary.md")
    if decision.difference:
        found = decision.difference
        mlflow.log_metrics({"difference": found.estimate})
        mlflow.log_metrics({"difference_low": found.low, "difference_high": found.high})
