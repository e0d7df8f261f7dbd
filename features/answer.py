"""A model's answers on raw texts: stance, probabilities, and whether a text is on topic at all."""

from collections.abc import Sequence
from dataclasses import dataclass

from sklearn.pipeline import Pipeline

from features.calibration import Probabilities
from features.document import Document
from features.labels import LABELS


@dataclass(frozen=True, slots=True)
class Answer:
    """The stance of a text, its probabilities in the order of ``LABELS``, and why it is off topic if so."""

    stance: str
    probabilities: dict[str, float]
    on_topic: bool
    reason: str | None = None


def score(model: Pipeline, texts: Sequence[str]) -> list[Answer]:
    """Return the answer to each text, in order."""
    return score_documents(model, model[0].transform(texts))


def score_documents(model: Pipeline, documents: list[Document]) -> list[Answer]:
    """Return the answer to each document, in order."""
    probabilities, reasons = model[-1].answer(documents)
    rows = by_label(model, probabilities)
    return [_answer(row, reason) for row, reason in zip(rows, reasons, strict=True)]


def by_label(model: Pipeline, probabilities: Probabilities) -> list[dict[str, float]]:
    """Return rows of probabilities as dictionaries in the order of ``LABELS``."""
    columns = {label: place for place, label in enumerate(model.classes_)}
    return [{label: float(row[columns[label]]) for label in LABELS if label in columns} for row in probabilities]


def _answer(probabilities: dict[str, float], reason: str | None) -> Answer:
    stance = max(probabilities, key=probabilities.__getitem__)
    return Answer(stance, probabilities, reason is None, reason)
