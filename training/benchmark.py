"""A benchmark of several targets: one classifier each, measured alone and pooled."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from joblib import Parallel, delayed

from training.bootstrap import Interval, score_interval
from training.candidates import Candidate, Plan, build_model
from training.corpus import Corpus
from training.errors import CorpusError, Problem
from training.metrics import f_avg, macro_f1
from training.scored import Scored, answered, from_probabilities, in_label_order


@dataclass(frozen=True)
class Benchmark:
    """A candidate's answers for the texts of each target."""

    candidate: str
    answers: Mapping[str, Scored]

    @property
    def pooled(self) -> Scored:
        """The answers of all targets together, as the task scores them."""
        parts = list(self.answers.values())
        return Scored(
            np.concatenate([part.truth for part in parts]),
            np.concatenate([part.stances for part in parts]),
            np.concatenate([part.probabilities for part in parts]),
        )

    def as_json(self) -> str:
        """The pooled figures, as one line."""
        found = {"f_avg": f_avg_of(self.pooled), "macro_f1": macro_f1_of(self.pooled)}
        return json.dumps({name: round(interval.estimate, 6) for name, interval in found.items()})


def f_avg_of(scored: Scored) -> Interval:
    """F_avg and its interval, by bootstrap over texts."""
    return score_interval(scored, range(len(scored)), f_avg)


def macro_f1_of(scored: Scored) -> Interval:
    """Macro-F1 and its interval, by bootstrap over texts."""
    return score_interval(scored, range(len(scored)), macro_f1)


def cross_validate(
    plan: Plan, candidate: Candidate, claims: Mapping[str, Corpus], *, seed: int, jobs: int
) -> Benchmark:
    """Answer every text by a classifier of its target that was fitted without the text's fold.

    The folds are stratified by label. Temperatures are fitted on the same folds, which no answer depends on.
    """
    found = Parallel(n_jobs=jobs)(delayed(_held_out)(plan, candidate, corpus, seed) for corpus in claims.values())
    return Benchmark(candidate.name, dict(zip(claims, found, strict=True)))


def answer_test(
    plan: Plan,
    candidate: Candidate,
    train: Mapping[str, Corpus],
    test: Mapping[str, Corpus],
    *,
    seed: int,
    jobs: int,
) -> Benchmark:
    """Answer the test texts of each target by a classifier fitted on all its training texts.

    Raises:
        CorpusError: there are no training texts for a target.
    """
    strange = sorted(set(test) - set(train))
    if strange:
        raise CorpusError([Problem("test", 0, f"no training text for {name}") for name in strange])
    calls = [delayed(_answered)(plan, candidate, train[name], corpus, seed) for name, corpus in test.items()]
    return Benchmark(candidate.name, dict(zip(test, Parallel(n_jobs=jobs)(calls), strict=True)))


def _held_out(plan: Plan, candidate: Candidate, corpus: Corpus, seed: int) -> Scored:
    _enough(corpus.labels, plan.folds)
    model = build_model(candidate, plan, seed).fit(corpus.texts, corpus.labels)
    stance = model[-1]
    return from_probabilities(corpus.truth, in_label_order(stance.shifted(stance.out_of_fold_), stance.classes_))


def _answered(plan: Plan, candidate: Candidate, train: Corpus, test: Corpus, seed: int) -> Scored:
    _enough(train.labels, plan.folds)
    model = build_model(candidate, plan, seed).fit(train.texts, train.labels)
    return answered(model, test.texts, test.truth)


def _enough(labels: Sequence[str], folds: int) -> None:
    rare = [f"{labels.count(label)} texts labelled {label}" for label in set(labels) if labels.count(label) < folds]
    if rare or len(set(labels)) < 2:  # noqa: PLR2004
        found = ", ".join(sorted(rare)) or "texts of one label"
        raise CorpusError([Problem("training texts", 0, f"{found} cannot make {folds} folds")])
