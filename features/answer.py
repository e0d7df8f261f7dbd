"""A model's answers on raw texts: stance, probabilities, and whether a text is on topic at all."""

from collections.abc import Sequence
from dataclasses import dataclass

from sklearn.pipeline import Pipeline

from features.calibration import Probabilities
from features.document import Document
from features.labels import LABELS
from features.topic import off_topic_reason


@dataclass(frozen=True, slots=True)
class Answer:
    """The stance of a text, its probabilities in the order of ``LABELS``, and why it is off topic if so."""

    stance: str
    probabilities: dict[str, float]
    on_topic: bool
    reason: str | None = None


def score(model: Pipeline, texts: Sequence[str]) -> list[Answer]:
    """Return the answer to each text, in order."""
    return score_documents(model, model[:-1].transform(texts))


def score_documents(model: Pipeline, documents: list[Document]) -> list[Answer]:
    """Return the answer to each document, in order."""
    rows = by_label(model, model[-1].predict_proba(documents))
    gated = model[-1].topic_gate
    reasons = [off_topic_reason(document) if gated else None for document in documents]
    return [_answer(row, reason) for row, reason in zip(rows, reasons, strict=True)]


def by_label(model: Pipeline, probabilities: Probabilities) -> list[dict[str, float]]:
    """Return rows of probabilities as dictionaries in the order of ``LABELS``."""
    columns = {label: place for place, label in enumerate(model.classes_)}
    return [{label: float(row[columns[label]]) for label in LABELS if label in columns} for row in probabilities]


def _answer(probabilities: dict[str, float], reason: str | None) -> Answer:
    stance = max(probabilities, key=probabilities.__getitem__)
    return Answer(stance, probabilities, reason is None, reason)
