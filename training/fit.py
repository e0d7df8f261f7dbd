"""Fitting candidates side by side, one process each."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from joblib import Parallel, delayed
from sklearn.pipeline import Pipeline

from features.calibration import temper
from training.candidates import Candidate, Plan, build_model
from training.corpus import Corpus
from training.errors import CorpusError, Problem
from training.growth import Growth, grow
from training.scored import Scored, from_probabilities, in_label_order


@dataclass(frozen=True)
class Trained:
    """A candidate fitted on the training split.

    Attributes:
        candidate: what was fitted.
        model: the pipeline, from raw texts to final probabilities.
        cross_validated: out-of-fold answers for the training split; no fold shares a group with another.
        uncalibrated: the same before the temperature.
        fit_seconds: wall time of the fit, the cross-validation for calibration included.
        cpu_seconds: processor time of it, which does not grow with what else the machine does.
        growth: answers for the test split by the number of texts learned from, if there was a test split.
    """

    candidate: Candidate
    model: Pipeline
    cross_validated: Scored
    uncalibrated: Scored
    fit_seconds: float
    cpu_seconds: float
    growth: Growth


def train_candidates(
    candidates: Sequence[Candidate],
    plan: Plan,
    train: Corpus,
    test: Corpus | None = None,
    *,
    seed: int,
    jobs: int = -1,
    on_done: Callable[[str], None] = lambda _: None,
) -> list[Trained]:
    """Fit each candidate on the training split, in parallel processes.

    Args:
        candidates: what to fit, in the order of the answer.
        plan: where members, folds and prior are looked up.
        train: the training split.
        test: what the learning curve of each is measured on; without it none is taken.
        seed: of every estimator that takes one.
        jobs: processes; -1 for one a core.
        on_done: called with a candidate's name as it ends.

    Raises:
        CorpusError: fewer batches than folds.
    """
    batches = len(set(train.batches))
    if batches < plan.folds:
        raise CorpusError([Problem("train split", 0, f"{batches} batches cannot make {plan.folds} folds")])
    # Stacks take longest, so they start first and the short ones fill the other core.
    queue = sorted(candidates, key=lambda candidate: len(candidate.members), reverse=True)
    done: dict[str, Trained] = {}
    calls = [delayed(_fit)(candidate, plan, train, test, seed) for candidate in queue]
    for trained in Parallel(n_jobs=jobs, return_as="generator_unordered")(calls):
        done[trained.candidate.name] = trained
        on_done(trained.candidate.name)
    return [done[candidate.name] for candidate in candidates]


def _fit(candidate: Candidate, plan: Plan, train: Corpus, test: Corpus | None, seed: int) -> Trained:
    """Fit one candidate; the folds that its calibration needs are its cross-validation as well."""
    model = build_model(candidate, plan, seed)
    start, start_cpu = time.perf_counter(), time.process_time()
    model[:-1].fit(train.texts)
    model[-1].fit(train.documents, train.labels, groups=train.batches)
    seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    classifier = model[-1]
    after = in_label_order(classifier.out_of_fold_, classifier.classes_)
    before = temper(after, 1 / classifier.temperature_)
    classifier.forget_training()
    return Trained(
        candidate=candidate,
        model=model,
        cross_validated=from_probabilities(train.truth, after),
        uncalibrated=from_probabilities(train.truth, before),
        fit_seconds=seconds,
        cpu_seconds=cpu,
        growth=grow(model, train, test, seed) if test else {},
    )
