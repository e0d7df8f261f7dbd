"""Classifiers over the filled cells of a few blocks: one weight matrix, or one booster."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import accumulate
from typing import Any, Protocol

import numpy as np
from lightgbm import LGBMClassifier
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from features.compiled.entries import Entries, Floats, Unknown
from features.compiled.trees import Trees

_BINARY = 2


class CompiledClassifier(Protocol):
    """A classifier: cells to probabilities of shape ``(documents, classes)``."""

    def predict_proba(self, entries: Entries, documents: int) -> Floats:
        """Return the probabilities of so many documents."""
        ...


def compile_classifier(classifier: Any) -> CompiledClassifier:
    """Return the compiled form of a fitted classifier.

    Raises:
        Unknown: it is of another type, or set up in another way.
    """
    compiled = _COMPILED.get(type(classifier))
    if compiled is None:
        raise Unknown(f"no compiled form of {type(classifier).__name__}")
    return compiled(classifier)


def softmax(scores: Floats) -> Floats:
    """Return probabilities from scores, row by row."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


class Logistic:
    """Multinomial logistic regression."""

    def __init__(self, classifier: LogisticRegression) -> None:
        if len(classifier.classes_) <= _BINARY:
            raise Unknown("a logistic regression over two classes")
        self._intercept = np.asarray(classifier.intercept_, dtype=np.float64)
        self._weights = np.ascontiguousarray(classifier.coef_, dtype=np.float64)

    def predict_proba(self, entries: Entries, documents: int) -> Floats:
        """Return the probabilities of so many documents."""
        scores = np.empty((documents, len(self._intercept)))
        for number, (weights, intercept) in enumerate(zip(self._weights, self._intercept, strict=True)):
            parts = weights[entries.columns] * entries.values
            scores[:, number] = np.bincount(entries.rows, parts, minlength=documents) + intercept
        return softmax(scores)

    def from_columns(self, columns: Floats) -> Floats:
        """Return the probabilities from all columns, shape ``(documents, columns)``."""
        return softmax(columns @ self._weights.T + self._intercept)


class Boosted:
    """Gradient-boosted trees, as bit vectors where they can be, else by the booster with one thread."""

    def __init__(self, classifier: LGBMClassifier) -> None:
        if callable(classifier.objective_) or len(classifier.classes_) <= _BINARY:
            raise Unknown("trees over two classes, or with an objective of their own")
        self._booster = classifier.booster_
        self._width = int(classifier.n_features_)
        self._trees: Trees | None = None
        with suppress(Unknown):
            self._trees = Trees(self._booster)

    def predict_proba(self, entries: Entries, documents: int) -> Floats:
        """Return the probabilities of so many documents."""
        if self._trees is not None:
            return softmax(self._trees.scores(entries, documents))
        cells = csr_matrix((entries.values, (entries.rows, entries.columns)), (documents, self._width))
        return np.asarray(self._booster.predict(cells, num_threads=1, validate_features=False), dtype=np.float64)


_COMPILED: dict[type, Callable[[Any], CompiledClassifier]] = {LogisticRegression: Logistic, LGBMClassifier: Boosted}


def join(parts: Sequence[Entries], widths: Sequence[int]) -> Entries:
    """Return the cells of blocks side by side, in the order of the blocks."""
    if len(parts) == 1:
        return parts[0]
    starts = accumulate(widths[:-1], initial=0)
    columns = [part.columns + start for part, start in zip(parts, starts, strict=True)]
    rows, values = [part.rows for part in parts], [part.values for part in parts]
    return Entries(np.concatenate(rows), np.concatenate(columns), np.concatenate(values))
