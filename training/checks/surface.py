"""Whether a text's label can be told from its surface alone: length, marks, quotes, figures and year."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from lightgbm import LGBMClassifier
from sklearn.model_selection import GroupKFold

from features.labels import LABELS
from training.checks.finding import Finding, held, skipped
from training.checks.limits import Limits
from training.metrics import confusion, macro_f1
from training.record import Record
from training.scored import FloatArray, IntArray

CHECK = "surface"
FOLDS = 5
SEED = 0

MARKS = ".,;:?!()/%&$-–—…|'’"  # noqa: RUF001
_QUOTE = re.compile("[\"“”„«»‘]|(?<!\\w)['’]")  # noqa: RUF001
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

Row = list[float]


def _length(record: Record) -> Row:
    pieces = record.text.split()
    return [math.log(len(record.text)), math.log(len(pieces)), len(record.text) / len(pieces), record.text.count("\n")]


def _marks(record: Record) -> Row:
    ends = record.text.rstrip()[-1:]
    return [*(record.text.count(mark) for mark in MARKS), float(ends == "."), float(ends.isalnum())]


def _quotes(record: Record) -> Row:
    return [float(len(_QUOTE.findall(record.text)))]


def _figures(record: Record) -> Row:
    return [float(len(_DIGIT.findall(record.text))), float(len(_YEAR.findall(record.text)))]


def _year(record: Record) -> Row:
    return [float(record.year or 0)]


SURFACE: Mapping[str, Callable[[Record], Row]] = MappingProxyType(
    {"length": _length, "punctuation": _marks, "quotes": _quotes, "digits and years": _figures, "year": _year}
)


@dataclass(frozen=True)
class Surface:
    """Macro-F1, from 0 to 1, of a classifier that reads the whole surface, and of one for each part of it."""

    whole: float
    parts: Mapping[str, float]


def measure_surface(records: Sequence[Record]) -> Surface:
    """Cross-validate boosted trees (LightGBM, balanced classes) on the surface; no fold divides a batch.

    Raises:
        ValueError: the texts belong to fewer than two batches.
    """
    truth = np.array([LABELS.index(record.label) for record in records], dtype=np.int64)
    batches = [record.batch or record.group for record in records]
    rows = {name: np.array([read(record) for record in records], dtype=float) for name, read in SURFACE.items()}
    parts = {name: _cross_validated(values, truth, batches) for name, values in rows.items()}
    return Surface(_cross_validated(np.hstack(list(rows.values())), truth, batches), parts)


def _cross_validated(values: FloatArray, truth: IntArray, batches: Sequence[str]) -> float:
    stances = np.empty_like(truth)
    for train, test in GroupKFold(min(FOLDS, len(set(batches)))).split(values, truth, batches):
        trees = LGBMClassifier(
            n_estimators=60, num_leaves=15, class_weight="balanced", n_jobs=1, random_state=SEED, verbosity=-1
        )
        stances[test] = trees.fit(values[train], truth[train]).predict(values[test])
    return float(macro_f1(confusion(truth, stances)))


def check_surface(records: Sequence[Record], limits: Limits) -> tuple[list[Finding], float | None]:
    """Check that the surface does not tell the label; also return the macro-F1 of the whole surface."""
    if len({record.batch or record.group for record in records}) < 2:  # noqa: PLR2004
        return [skipped(CHECK, "the texts belong to fewer than two batches, so nothing can be cross-validated")], None
    found = measure_surface(records)
    figures = {"the whole surface": found.whole, **found.parts}
    findings = [
        held(CHECK, figure < limits.surface, f"{name} alone: macro-F1 {figure:.3f}; under {limits.surface} is needed")
        for name, figure in figures.items()
    ]
    return findings, found.whole
