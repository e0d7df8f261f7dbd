"""What a model answered for labelled texts: the one thing that every measure is taken from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.pipeline import Pipeline

from features.answer import score_documents
from features.document import Document
from features.labels import LABELS

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scored:
    """Truths and answers for n texts, as places in ``LABELS``.

    Attributes:
        truth: label of each text, shape (n,).
        stances: answered stance of each text, shape (n,).
        probabilities: of each label in the order of ``LABELS``, shape (n, 3).
    """

    truth: IntArray
    stances: IntArray
    probabilities: FloatArray

    def __len__(self) -> int:
        return len(self.truth)

    def __getitem__(self, rows: IntArray | NDArray[np.bool_]) -> "Scored":
        return Scored(self.truth[rows], self.stances[rows], self.probabilities[rows])

    @property
    def right(self) -> NDArray[np.bool_]:
        """Whether each answer is the label, shape (n,)."""
        return np.equal(self.truth, self.stances)


def answered(model: Pipeline, texts: Sequence[str], truth: IntArray) -> Scored:
    """Answer texts as the service does, off-topic rule included."""
    return answered_documents(model, model[:-1].transform(list(texts)), truth)


def answered_documents(model: Pipeline, documents: list[Document], truth: IntArray) -> Scored:
    """Answer texts that have been read already."""
    answers = score_documents(model, documents)
    stances = np.array([LABELS.index(answer.stance) for answer in answers], dtype=np.int64)
    probabilities = np.array([[answer.probabilities[label] for label in LABELS] for answer in answers])
    return Scored(truth, stances, probabilities.reshape(-1, len(LABELS)))


def from_probabilities(truth: IntArray, probabilities: FloatArray) -> Scored:
    """Answers that are the likeliest label; ``probabilities`` has its columns in the order of ``LABELS``."""
    return Scored(truth, probabilities.argmax(axis=1), probabilities)


def in_label_order(probabilities: FloatArray, classes: Sequence[str]) -> FloatArray:
    """Columns from the order of ``classes`` into that of ``LABELS``; a label never seen has probability 0."""
    ordered = np.zeros((len(probabilities), len(LABELS)))
    for column, label in enumerate(classes):
        ordered[:, LABELS.index(label)] = probabilities[:, column]
    return ordered
