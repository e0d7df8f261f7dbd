"""Fitting candidates side by side: every fold of every candidate is one task, so that no core waits."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from sklearn.model_selection import GroupKFold

from features.document import analyse
from features.labels import LABELS
from training.candidates import Candidate, Plan, build_base, build_model
from training.corpus import Corpus
from training.errors import CorpusError, Problem
from training.scored import FloatArray, IntArray, Scored, from_probabilities, in_label_order

WHOLE = -1


@dataclass(frozen=True)
class Trained:
    """A candidate fitted on the training split.

    Attributes:
        candidate: what was fitted.
        model: the pipeline, from raw texts to final probabilities.
        cross_validated: out-of-fold answers for the training split, before calibration and prior.
        fit_seconds: wall time of the fit on the whole training split, calibration included.
    """

    candidate: Candidate
    model: Any
    cross_validated: Scored
    fit_seconds: float


@dataclass(frozen=True)
class _Outcome:
    """What one task gave: probabilities of the rows held out, or, for ``fold == WHOLE``, the model."""

    candidate: Candidate
    fold: int
    seconds: float
    rows: IntArray
    probabilities: FloatArray
    model: Any = None


def tasks(candidates: Sequence[Candidate], plan: Plan) -> int:
    """How many tasks the candidates make: their folds, and the fit on everything."""
    return len(candidates) * (plan.folds + 1)


def train_candidates(
    candidates: Sequence[Candidate],
    plan: Plan,
    train: Corpus,
    seed: int,
    jobs: int = -1,
    on_done: Callable[[str], None] = lambda name: None,
) -> list[Trained]:
    """Cross-validate and fit each candidate on the training split, in parallel processes.

    Args:
        candidates: what to fit, in the order of the answer.
        plan: where members, folds and calibration are looked up.
        train: the training split.
        seed: of every estimator that takes one.
        jobs: processes; -1 for one a core.
        on_done: called with a candidate's name as each of its tasks ends.

    Raises:
        CorpusError: fewer groups than folds.
    """
    groups = len(set(train.groups))
    if groups < plan.folds:
        raise CorpusError([Problem("train split", 0, f"{groups} groups cannot make {plan.folds} folds")])
    folds = [held for _, held in GroupKFold(plan.folds).split(train.texts, groups=train.groups)]
    calls = [delayed(_fit_whole)(candidate, plan, train, seed) for candidate in candidates]
    calls += [
        delayed(_predict_fold)(candidate, plan, train, number, held, seed)
        for candidate in candidates
        for number, held in enumerate(folds)
    ]
    outcomes = []
    for outcome in Parallel(n_jobs=jobs, return_as="generator_unordered")(calls):
        on_done(outcome.candidate.name)
        outcomes.append(outcome)
    return [_gather(candidate, train, outcomes) for candidate in candidates]


def _fit_whole(candidate: Candidate, plan: Plan, train: Corpus, seed: int) -> _Outcome:
    model = build_model(candidate, plan, seed)
    start = time.perf_counter()
    model.fit(train.texts, train.labels, stance__groups=train.groups)
    seconds = time.perf_counter() - start
    nothing = np.empty(0, dtype=np.int64)
    return _Outcome(candidate, WHOLE, seconds, nothing, np.empty((0, len(LABELS))), model)


def _predict_fold(
    candidate: Candidate, plan: Plan, train: Corpus, number: int, held: IntArray, seed: int
) -> _Outcome:
    """Fit on the other folds and answer the one held out.

    Calibration is left out: a temperature does not change which label is likeliest, and would cost a
    second cross-validation within each fold.
    """
    start = time.perf_counter()
    documents = [analyse(text) for text in train.texts]
    kept = sorted(set(range(len(train))) - set(held.tolist()))
    base = build_base(candidate, plan, seed)
    base.fit([documents[row] for row in kept], [train.labels[row] for row in kept])
    probabilities = base.predict_proba([documents[row] for row in held])
    seconds = time.perf_counter() - start
    return _Outcome(candidate, number, seconds, held, in_label_order(probabilities, base.classes_))


def _gather(candidate: Candidate, train: Corpus, outcomes: Sequence[_Outcome]) -> Trained:
    """Put a candidate's folds together again."""
    own = [outcome for outcome in outcomes if outcome.candidate.name == candidate.name]
    whole = next(outcome for outcome in own if outcome.fold == WHOLE)
    probabilities = np.zeros((len(train), len(LABELS)))
    for outcome in own:
        probabilities[outcome.rows] = outcome.probabilities
    return Trained(candidate, whole.model, from_probabilities(train.truth, probabilities), whole.seconds)
