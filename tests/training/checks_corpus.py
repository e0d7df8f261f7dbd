"""Small invented records for the checks of the corpus."""

from typing import Any

from training.record import Record

AGREED = [{"by": "writer", "label": "neutral"}, {"by": "second reader", "label": "neutral"}]


def record(number: int, **fields: Any) -> Record:
    """A complete record, a neutral headline if nothing else is asked for."""
    usual = {
        "id": f"r{number}",
        "text": f"Headline {number} about trade",
        "label": "neutral",
        "kind": "headline",
        "group": f"r{number}",
        "split": "train",
        "batch": f"b{number % 3}",
        "genre": "wire",
        "phenomenon": "trade",
        "year": 2024,
        "annotators": AGREED,
    }
    return Record.model_validate(usual | fields)
