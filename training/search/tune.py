"""A search from corpus to ``candidates.yaml``: a process a family, a run a trial, the winner written as data."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from datetime import UTC, datetime
from pathlib import Path

import mlflow
import optuna
from optuna.trial import TrialState

from training.candidates import Plan
from training.corpus import Corpus, read_corpus
from training.progress import Progress
from training.provenance import commit, cores
from training.search.plots import history_figure, importance_figure
from training.search.space import FAMILIES
from training.search.trials import Best, Search, open_study, search_family
from training.search.tuned import write_tuned
from training.search.vote import Found, combine
from training.settings import Settings
from training.tracking import connect


def tune(
    settings: Settings, plan: Plan, file: Path, storage: Path, progress: Progress, *, minutes: float, seed: int
) -> Found:
    """Search for ``minutes`` of the clock, then write what was found to the plan's file.

    Raises:
        CorpusError: the corpus breaks its schema.
        CandidateError: the file has no place for the winner.
    """
    corpus = read_corpus(settings.corpus)
    connect(settings)
    jobs = min(cores(), len(FAMILIES))
    tags = {"corpus_digest": corpus.digest, "git_commit": commit(), "host_cores": str(cores())}
    with mlflow.start_run(run_name=f"tune {minutes:g} minutes", tags=tags) as run:
        mlflow.log_params({"minutes": minutes, "seed": seed, "folds": plan.folds, "train_texts": len(corpus)})
        seconds = 60 * minutes * jobs / len(FAMILIES)
        search = Search(settings, storage, str(run.info.run_id), plan.folds, seed, seconds)
        studies = {family: open_study(family, search, corpus.digest) for family in FAMILIES}
        bests = _search(search, studies, jobs, progress, 60 * minutes)
        found = combine(bests, corpus.to_learn_from().truth)
        note = _note(found, studies, corpus)
        write_tuned(file, found.candidates, note)
        _log(found, studies, note, file)
    return found


def _search(
    search: Search, studies: dict[str, optuna.Study], jobs: int, progress: Progress, seconds: float
) -> list[Best]:
    """Run the families side by side, and show how far they are."""
    fresh = multiprocessing.get_context("spawn")
    with (
        ProcessPoolExecutor(jobs, mp_context=fresh) as processes,
        progress.stage("Searching, seconds", int(seconds)) as step,
    ):
        running = [processes.submit(search_family, family, search) for family in FAMILIES]
        _watch(running, lambda: step(_standing(studies)))
    return [future.result() for future in running]


def _watch(running: list[Future[Best]], tick: Callable[[], None]) -> None:
    left = set(running)
    while left:
        done, left = wait(left, timeout=1, return_when=FIRST_COMPLETED)
        for future in done:
            future.result()
        tick()


def _standing(studies: dict[str, optuna.Study]) -> str:
    parts = []
    for family, study in studies.items():
        done = [trial.values[0] for trial in study.trials if trial.state == TrialState.COMPLETE]
        parts.append(f"{family} {len(done)}, best {max(done):.3f}" if done else f"{family} 0")
    return "; ".join(parts)


def _note(found: Found, studies: dict[str, optuna.Study], corpus: Corpus) -> str:
    day = datetime.now(UTC).date().isoformat()
    return (
        f"{day}, corpus {corpus.digest[:19]}: macro-F1 {found.macro_f1:.3f} on held-out folds; {_standing(studies)}\n"
        "(long texts are read whole in the search; `train` reads them in passages)"
    )


def _log(found: Found, studies: dict[str, optuna.Study], note: str, file: Path) -> None:
    mlflow.log_metric("cv_macro_f1", found.macro_f1)
    mlflow.set_tags({"mlflow.note.content": f"**{found.winner.name}**: {note}", "candidate": found.winner.name})
    mlflow.log_text(file.read_text("utf-8"), "candidates.yaml")
    mlflow.log_figure(history_figure(studies), "plots/history.png")
    for family, study in studies.items():
        figure = importance_figure(family, study)
        if figure is not None:
            mlflow.log_figure(figure, f"plots/importance_{family}.png")
