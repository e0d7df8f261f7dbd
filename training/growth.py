"""What a candidate gains from more texts: its base fitted on shares of them, beside the whole."""

from collections.abc import Mapping
from contextlib import suppress

import numpy as np
from sklearn.base import clone
from sklearn.pipeline import Pipeline

from training.corpus import Corpus
from training.metrics import Metric, confusion
from training.scored import IntArray, Scored, from_probabilities, in_label_order

SHARES = (0.25, 0.5)

Growth = Mapping[int, Scored]


def grow(model: Pipeline, train: Corpus, test: Corpus, seed: int) -> Growth:
    """Return the answers for the test split of a fitted model's base and of the same base fitted on fewer texts.

    They are neither calibrated nor shifted to another prior, which would take five fits for each point, and know
    nothing of passages or of topics. ``make learning-curve`` takes whole models, with several draws of each share.

    Returns:
        The answers by the number of texts that were learned from, fewest first; none of a share too small to fit.
    """
    stance = model[-1]
    order = np.random.default_rng(seed).permutation(len(train))
    bases = {}
    for share in SHARES:
        rows = np.sort(order[: round(share * len(train))])
        with suppress(ValueError):  # too few texts of a label, or no term that is met often enough
            bases[len(rows)] = _fit(stance.base, train, rows)
    bases[len(train)] = stance.base_
    return {texts: _answers(base, test) for texts, base in bases.items()}


def _fit(base: Pipeline, train: Corpus, rows: IntArray) -> Pipeline:
    labels = [train.labels[row] for row in rows]
    if set(labels) != set(train.labels):
        raise ValueError("a label is missing")
    return clone(base).fit([train.documents[row] for row in rows], labels)


def _answers(base: Pipeline, test: Corpus) -> Scored:
    return from_probabilities(test.truth, in_label_order(base.predict_proba(test.documents), base.classes_))


def values(growth: Growth, metric: Metric) -> dict[int, float]:
    """Return the metric by the number of texts learned from."""
    return {texts: float(metric.of(confusion(found.truth, found.stances))) for texts, found in growth.items()}
