"""Scoring in bulk: which rows can be scored, and the columns it adds to them. The same on one machine and on many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sklearn.pipeline import Pipeline

from features.answer import Answer, score
from features.labels import LABELS

COLUMNS: Final = ("stance", *LABELS, "on_topic", "reason")
MAX_CHARACTERS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be scored."""

    reason: str


def check(value: object) -> str | Fault:
    """Return a cell's text, or why it is none: missing, no string, blank, too long, or no Unicode."""
    if value is None or value != value:  # noqa: PLR0124 - NaN is how pandas says missing
        return Fault("the text is missing")
    if not isinstance(value, str):
        return Fault(f"a text is wanted, not {type(value).__name__}")
    if not value.strip():
        return Fault("the text is empty or blank")
    if len(value) > MAX_CHARACTERS:
        return Fault(f"the text has {len(value)} characters, the limit is {MAX_CHARACTERS}")
    try:
        value.encode()
    except UnicodeEncodeError:
        return Fault("the text holds bytes that are not UTF-8, or a lone surrogate")
    return value


def score_cells(model: Pipeline, cells: Sequence[str | Fault]) -> list[Answer | Fault]:
    """Return the answer to each text, in order; faults stay. A text that breaks the model becomes one."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    try:
        answers = iter(score(model, texts) if texts else [])
    except Exception as error:  # noqa: BLE001 - one text may break the model in any way; the others must go on
        if len(texts) == 1:
            broken = Fault(f"the model failed: {type(error).__name__}: {error}")
            return [cell if isinstance(cell, Fault) else broken for cell in cells]
        return [score_cells(model, [cell])[0] for cell in cells]
    return [next(answers) if isinstance(cell, str) else cell for cell in cells]


def as_row(answer: Answer) -> dict[str, object]:
    """Return the cells of ``COLUMNS`` for one answer."""
    return dict(
        zip(COLUMNS, (answer.stance, *_in_order(answer.probabilities), answer.on_topic, answer.reason), strict=True)
    )


def _in_order(probabilities: Mapping[str, float]) -> list[float]:
    return [probabilities[label] for label in LABELS]
