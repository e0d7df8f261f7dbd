"""A bundle's model on any labelled texts: figures with intervals, slices, halves and errors."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.pipeline import Pipeline

from features.labels import LABELS
from training.bootstrap import Interval, score_interval
from training.errors import CorpusError, Problem
from training.metrics import MACRO_F1, Metric, measure
from training.scored import IntArray, Scored, answered
from training.slices import Row, facets, slice_table, worst_errors

SMALLEST_SLICE = 10
REPORTED = ("ece", "accuracy", "log_loss")

Item = dict[str, Any]


@dataclass(frozen=True)
class Evaluation:
    """Everything that is reported of a model on a file of labelled texts; ``reached`` is of its target's metric."""

    scored: Scored
    macro_f1: Interval
    metric: Metric
    reached: Interval
    figures: dict[str, float]
    slices: list[Row]
    halves: dict[str, Interval]
    errors: list[Row]

    def as_json(self) -> str:
        """The figures that other programs read, as one line."""
        found = {
            "macro_f1": self.macro_f1.estimate,
            "macro_f1_low": self.macro_f1.low,
            "macro_f1_high": self.macro_f1.high,
            **{f"{label}_f1": self.figures[f"{label}_f1"] for label in LABELS},
            **{name: self.figures[name] for name in REPORTED},
        }
        if self.metric != MACRO_F1:
            key, of = self.metric.key, self.reached
            found |= {key: of.estimate, f"{key}_low": of.low, f"{key}_high": of.high}
        return json.dumps({name: round(value, 6) for name, value in found.items()} | {"texts": len(self.scored)})


def read_items(file: Path) -> list[Item]:
    """Read JSON lines with ``text`` and ``label``; other fields are kept as they are.

    Raises:
        CorpusError: the file is missing or empty, or a line is no such object; each problem names its line.
    """
    if not file.is_file():
        raise CorpusError([Problem(str(file), 0, "is not there")])
    items, problems = [], []
    for number, line in enumerate(file.read_text("utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except json.JSONDecodeError as error:
            problems.append(Problem(file.name, number, f"is not JSON: {error}"))
            continue
        fault = _fault(item)
        if fault:
            problems.append(Problem(file.name, number, fault))
        items.append(item)
    if not items and not problems:
        problems.append(Problem(file.name, 0, "holds no text"))
    if problems:
        raise CorpusError(problems)
    return items


def _fault(item: object) -> str | None:
    if not isinstance(item, dict) or not isinstance(item.get("text"), str) or not item["text"].strip():
        return "needs a text"
    if item.get("label") not in LABELS:
        return f"unknown label {item.get('label')!r}; one of {', '.join(LABELS)} is needed"
    return None


def evaluate(
    model: Pipeline, items: Sequence[Item], errors: int = 0, halves: bool = False, metric: Metric = MACRO_F1
) -> Evaluation:
    """Answer the texts as the service would, and measure the answers.

    Args:
        model: the pipeline of a bundle.
        items: with ``text`` and ``label``; ``group``, where there is one, is what the bootstrap draws.
        errors: how many of the worst errors to list.
        halves: whether to report the halves by id too.
        metric: what is reported besides macro-F1, where it is another one.

    Raises:
        CorpusError: halves are asked for, but an id does not end in a hexadecimal digit.
    """
    truth = np.array([LABELS.index(item["label"]) for item in items], dtype=np.int64)
    scored = answered(model, [item["text"] for item in items], truth)
    groups = [item.get("group") or row for row, item in enumerate(items)]
    parts = _halves(items) if halves else {}
    return Evaluation(
        scored=scored,
        macro_f1=score_interval(scored, groups),
        metric=metric,
        reached=score_interval(scored, groups, metric.of),
        figures=measure(scored),
        slices=slice_table(scored, facets(items), SMALLEST_SLICE),
        halves={name: score_interval(scored[rows], [groups[row] for row in rows]) for name, rows in parts.items()},
        errors=worst_errors(scored, items, errors),
    )


def _halves(items: Sequence[Mapping[str, Any]]) -> dict[str, IntArray]:
    """Rows of half A (last hexadecimal digit of the id even) and half B (odd), those not empty."""
    try:
        odd = np.array([int(str(item["id"])[-1], 16) % 2 for item in items])
    except (KeyError, ValueError, IndexError) as error:
        raise CorpusError([Problem("data", 0, f"halves need ids that end in a hexadecimal digit: {error}")]) from error
    rows = {"A": np.flatnonzero(odd == 0), "B": np.flatnonzero(odd == 1)}
    return {name: found for name, found in rows.items() if len(found)}
