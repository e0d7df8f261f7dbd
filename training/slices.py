"""Where a model is good and bad: figures by kind, genre, phenomenon, year, source and length."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from features.labels import LABELS
from training.metrics import accuracy, class_scores, confusion, macro_f1
from training.scored import Scored

FIELDS = ("kind", "genre", "phenomenon", "year", "source")
LENGTHS = ((15, "up to 15 words"), (40, "16 to 40 words"), (150, "41 to 150 words"))
LONGEST = "over 150 words"

Row = dict[str, Any]


def facets(items: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Value of each field that occurs, for each item ("" where it has none), and the text's length."""
    found = {}
    for field in FIELDS:
        values = [item.get(field) for item in items]
        if any(value is not None for value in values):
            found[field] = ["" if value is None else str(value) for value in values]
    found["length"] = [length(item["text"]) for item in items]
    return found


def length(text: str) -> str:
    """Name the length of a text, in words between blanks."""
    words = len(text.split())
    return next((name for limit, name in LENGTHS if words <= limit), LONGEST)


def slice_table(scored: Scored, by_field: Mapping[str, Sequence[str]], smallest: int = 1) -> list[Row]:
    """One row a value of each field with at least ``smallest`` texts, in the order of fields and values."""
    rows = []
    for field, values in by_field.items():
        held = np.array(values)
        for value in sorted(set(values) - {""}):
            part = scored[held == value]
            if len(part) >= smallest:
                rows.append({"field": field, "value": value, **_figures(part)})
    return rows


def _figures(part: Scored) -> Row:
    matrix = confusion(part.truth, part.stances)
    f1 = np.nan_to_num(class_scores(matrix)[2])
    figures: Row = {
        "texts": len(part),
        "macro_f1": float(macro_f1(matrix)),
        "accuracy": float(accuracy(matrix)),
    }
    return figures | {f"{label}_f1": float(f1[place]) for place, label in enumerate(LABELS)}


def worst_errors(scored: Scored, items: Sequence[Mapping[str, Any]], limit: int) -> list[Row]:
    """Wrong answers, those first that gave the label the least probability."""
    given = scored.probabilities[np.arange(len(scored)), scored.truth]
    wrong = np.flatnonzero(~scored.right)
    rows = []
    for row in wrong[np.argsort(given[wrong], kind="stable")][:limit]:
        stance = LABELS[scored.stances[row]]
        rows.append(
            {
                "id": items[row].get("id", ""),
                "label": LABELS[scored.truth[row]],
                "stance": stance,
                "probability_of_label": round(float(given[row]), 4),
                "probability_of_stance": round(float(scored.probabilities[row, scored.stances[row]]), 4),
                **{field: str(items[row].get(field) or "") for field in FIELDS},
                "text": items[row]["text"],
            }
        )
    return rows
