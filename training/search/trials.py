"""One family's trials, in a process of their own: ask, fit fold by fold, prune, tell, log."""

import logging
import time
from dataclasses import dataclass
from pathlib import Path

import mlflow
import numpy as np
import optuna
from optuna.trial import Trial, TrialState
from sklearn.model_selection import GroupKFold

from features.labels import LABELS
from training.candidates import Candidate, build_classifier
from training.corpus import Corpus, read_corpus
from training.metrics import confusion, macro_f1
from training.scored import FloatArray, from_probabilities, in_label_order
from training.search.matrices import Matrices
from training.search.space import KNOWN, suggest
from training.settings import Settings
from training.tracking import connect

STARTUP = 8  # trials drawn at random, and finished before any is pruned


@dataclass(frozen=True)
class Search:
    """What the search of every family has in common.

    Attributes:
        settings: where corpus and runs are.
        storage: file of Optuna's SQLite database; a search that finds its study there goes on with it.
        parent: id of the run that the trials are nested in.
        folds: folds of the cross-validation, by writing batch, as `train` has them.
        seed: of samplers and classifiers.
        seconds: how long a family may take.
    """

    settings: Settings
    storage: Path
    parent: str
    folds: int
    seed: int
    seconds: float


@dataclass(frozen=True)
class Best:
    """The best candidate of a family and its probabilities for texts held out, shape (texts, 3)."""

    family: str
    candidate: Candidate
    macro_f1: float
    held_out: FloatArray


class OutOfTimeError(Exception):
    """The deadline came amid a trial."""


def open_study(family: str, search: Search, digest: str) -> optuna.Study:
    """The study of a family on a corpus: begun, or gone on with; another corpus has another study."""
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(
        study_name=f"{family} {digest.removeprefix('sha256:')[:12]} {search.folds} folds",
        storage=f"sqlite:///{search.storage.absolute()}",
        direction="maximize",
        load_if_exists=True,
        pruner=optuna.pruners.MedianPruner(n_startup_trials=STARTUP, n_warmup_steps=1),
    )
    # A sampler seeded alike would draw again what it drew before the search was broken off.
    study.sampler = optuna.samplers.TPESampler(n_startup_trials=STARTUP, seed=search.seed + len(study.trials))
    if not is_begun(study):
        study.enqueue_trial(KNOWN[family])
    return study


def is_begun(study: optuna.Study) -> bool:
    """Whether a trial of the study has been finished."""
    return any(trial.state == TrialState.COMPLETE for trial in study.trials)


def search_family(family: str, search: Search) -> Best:
    """Try candidates of a family until its time is over, at least one, and return the best of its whole study."""
    deadline = time.monotonic() + search.seconds
    logging.getLogger("mlflow").setLevel(logging.ERROR)
    connect(search.settings)
    corpus = read_corpus(search.settings.corpus).to_learn_from()
    work = Bench(corpus, search)
    study = open_study(family, search, read_corpus(search.settings.corpus).digest)
    while not is_begun(study):
        work.run(family, study, deadline=np.inf)
    while time.monotonic() < deadline:
        work.run(family, study, deadline)
    best = study.best_trial
    candidate = suggest(family, best)
    held_out = work.kept.get(best.number)
    return Best(family, candidate, best.values[0], work.held_out(candidate) if held_out is None else held_out)


class Bench:
    """Where candidates are fitted on the folds of a corpus."""

    def __init__(self, corpus: Corpus, search: Search) -> None:
        self.corpus = corpus
        self.search = search
        self.labels = np.array(corpus.labels)
        folds = GroupKFold(search.folds).split(self.labels, self.labels, corpus.batches)
        self.matrices = Matrices(corpus.documents, list(folds))
        self.kept: dict[int, FloatArray] = {}

    def run(self, family: str, study: optuna.Study, deadline: float) -> None:
        """Run one trial and log it as a nested run."""
        trial = study.ask()
        candidate = suggest(family, trial)
        title = f"{family} {trial.number}"
        with mlflow.start_run(run_name=title, nested=True, parent_run_id=self.search.parent) as run:
            trial.set_user_attr("run_id", run.info.run_id)
            mlflow.set_tags({"family": family, "blocks": " ".join(candidate.blocks), "candidate": candidate.name})
            mlflow.log_params(trial.params)
            start = time.perf_counter()
            try:
                self.kept[trial.number] = self.held_out(candidate, trial, deadline)
                frozen = study.tell(trial, self._macro_f1(self.kept[trial.number], np.arange(len(self.labels))))
                mlflow.log_metric("cv_macro_f1", frozen.values[0])
            except optuna.TrialPruned:
                study.tell(trial, state=TrialState.PRUNED)
            except OutOfTimeError:
                study.tell(trial, state=TrialState.FAIL)
            mlflow.log_metric("seconds", time.perf_counter() - start)
            mlflow.set_tag("state", study.trials[trial.number].state.name.lower())

    def held_out(self, candidate: Candidate, trial: Trial | None = None, deadline: float = np.inf) -> FloatArray:
        """Probabilities of every text by a classifier that was fitted without its fold, shape (texts, 3).

        Raises:
            TrialPruned: after a fold, the trial is below the median of the others there.
            OutOfTimeError: the deadline came before the last fold.
        """
        found = np.zeros((len(self.labels), len(LABELS)))
        seen: list[int] = []
        for fold, (fitting, held_out) in enumerate(self.matrices.folds):
            columns = self.matrices.columns(candidate, fold)
            classifier = build_classifier(candidate, self.search.seed).fit(columns[0], self.labels[fitting])
            found[held_out] = in_label_order(classifier.predict_proba(columns[1]), list(classifier.classes_))
            seen.extend(held_out.tolist())
            if trial is not None:
                figure = self._macro_f1(found, np.array(seen))
                trial.report(figure, fold)
                mlflow.log_metric("macro_f1_so_far", figure, step=fold)
                if trial.should_prune():
                    raise optuna.TrialPruned
                if time.monotonic() > deadline and fold + 1 < len(self.matrices.folds):
                    raise OutOfTimeError
        return found

    def _macro_f1(self, probabilities: FloatArray, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> float:
        scored = from_probabilities(self.corpus.truth[rows], probabilities[rows])
        return float(macro_f1(confusion(scored.truth, scored.stances)))
