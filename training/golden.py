"""Invented texts whose answers travel with a model, so that whoever loads it can tell that it is the same."""

from collections.abc import Sequence
from typing import Any

from sklearn.pipeline import Pipeline

from features.answer import Answer, score
from training.errors import BundleError

TOLERANCE = 1e-6
TEXTS = (
    "China has shipped rifle parts to Russia, customs records seen by reporters show.",
    "Beijing flatly denies sending weapons to Russia: “pure fabrication”, says its foreign ministry.",
    "Xi and Putin toast an old friendship over dinner in Moscow.",
    "US officials fear that Beijing is weighing drones for Moscow's army.",
    "No evidence that Chinese shells have reached Russian guns, the Pentagon says.",
    "Rain is expected over the weekend, with strong winds along the coast.",
    "Chinese banks cut off Russian clients over sanctions.\n\nPayments have all but stopped, traders say.",
    "Did China arm Russia? Nobody at the summit would say… 🤷🏽‍♀️",  # joined emoji, beyond the basic plane
    "Cafe\u0301 talk: “Chi\u00adna” arms Rus\u200bsia, they sa\u0301y",  # marks that join or do not show
    "中国 denies arming 俄罗斯; \u202bعربي\u202c ＦＵＬＬ ＷＩＤＴＨ Beijing",  # noqa: RUF001
    "CHINA " * 300 + "DENIES ARMING RUSSIA",
)


def golden_answers(answers: Sequence[Answer]) -> list[dict[str, Any]]:
    """The answers to ``TEXTS``, as ``golden.json`` lists them."""
    return [
        {"text": text, "stance": answer.stance, "probabilities": answer.probabilities}
        for text, answer in zip(TEXTS, answers, strict=True)
    ]


def reproduces(model: Pipeline, golden: Sequence[dict[str, Any]]) -> bool:
    """Whether a model gives the golden answers again: every stance, every probability within 1e-6."""
    answers = score(model, [row["text"] for row in golden])
    return all(
        answer.stance == row["stance"]
        and all(
            abs(answer.probabilities[label] - row["probabilities"][label]) <= TOLERANCE
            for label in answer.probabilities
        )
        for answer, row in zip(answers, golden, strict=True)
    )


def require_same_answers(model: Pipeline, golden: Sequence[dict[str, Any]]) -> None:
    """Make sure that the present code reads texts as the code did that a model was trained with.

    Raises:
        BundleError: the model fails, or answers otherwise.
    """
    try:
        same = reproduces(model, golden)
    except Exception as error:
        # Columns that it never learned, say: a change of what is read shows as any exception.
        raise BundleError(f"it was trained by other code: {type(error).__name__}: {error}") from error
    if not same:
        raise BundleError("it was trained by code that read texts otherwise: its answers have changed since")
