"""Figures of a scored set, by the names under which every run and command reports them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from features.labels import LABELS
from training.calibration import expected_calibration_error
from training.scored import FloatArray, IntArray, Scored

SMALLEST = 1e-15


def confusion(truth: IntArray, stances: IntArray) -> IntArray:
    """Count texts by label (rows) and answer (columns), in the order of ``LABELS``: shape (3, 3)."""
    size = len(LABELS)
    counts: IntArray = np.bincount(truth * size + stances, minlength=size * size)
    return counts.reshape(size, size)


def _share(part: FloatArray, whole: FloatArray, empty: float) -> FloatArray:
    """``part / whole``, and ``empty`` where there is nothing to share."""
    shares: FloatArray = np.divide(part, whole, out=np.full(part.shape, empty), where=whole > 0)
    return shares


def class_scores(matrix: IntArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Precision, recall and F1 of each label, each of shape (..., 3), from confusions of shape (..., 3, 3).

    A precision or recall with nothing to divide by is 0, as in scikit-learn; F1 is NaN for a label that
    occurs neither among the truths nor among the answers.
    """
    right = np.diagonal(matrix, axis1=-2, axis2=-1).astype(float)
    answers, truths = matrix.sum(axis=-2).astype(float), matrix.sum(axis=-1).astype(float)
    return (
        _share(right, answers, 0.0),
        _share(right, truths, 0.0),
        _share(2 * right, answers + truths, np.nan),
    )


def macro_f1(matrix: IntArray) -> FloatArray:
    """Mean F1 over the labels that occur as truth or answer: shape (...) from confusions (..., 3, 3)."""
    f1 = class_scores(matrix)[2]
    present = ~np.isnan(f1)
    return _share(np.where(present, f1, 0.0).sum(axis=-1), present.sum(axis=-1).astype(float), 0.0)


def f_avg(matrix: IntArray) -> FloatArray:
    """Mean F1 of ``support`` and ``deny``: shape (...) from confusions (..., 3, 3).

    The measure of SemEval-2016 task 6 (Mohammad et al. 2016): neutral counts only by what is mistaken for it.
    """
    f1 = np.nan_to_num(class_scores(matrix)[2])
    found: FloatArray = f1[..., [LABELS.index("support"), LABELS.index("deny")]].mean(axis=-1)
    return found


def accuracy(matrix: IntArray) -> FloatArray:
    """Share of right answers: shape (...) from confusions (..., 3, 3)."""
    right = np.trace(matrix, axis1=-2, axis2=-1).astype(float)
    return _share(np.asarray(right), np.asarray(matrix.sum(axis=(-2, -1)), dtype=float), 0.0)


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure that candidates are ranked by and the gate compares.

    Attributes:
        key: its name among the figures of a run.
        title: its name in a sentence.
        of: the figure, shape (...), from confusions of shape (..., 3, 3).
    """

    key: str
    title: str
    of: Callable[[IntArray], FloatArray]


MACRO_F1 = Metric("macro_f1", "macro-F1", macro_f1)
F_AVG = Metric("f_avg", "F_avg", f_avg)


def log_loss(scored: Scored) -> float:
    """Mean negative natural logarithm of the probability given to the label."""
    given = scored.probabilities[np.arange(len(scored)), scored.truth]
    return float(-np.log(np.clip(given, SMALLEST, 1.0)).mean())


def brier(scored: Scored) -> float:
    """Mean squared distance between probabilities and truth, summed over labels (Brier 1950): 0 to 2."""
    wanted = np.eye(len(LABELS))[scored.truth]
    return float(((scored.probabilities - wanted) ** 2).sum(axis=1).mean())


def measure(scored: Scored) -> dict[str, float]:
    """Every point figure of a scored set, by name."""
    matrix = confusion(scored.truth, scored.stances)
    precision, recall, f1 = class_scores(matrix)
    figures = {metric.key: float(metric.of(matrix)) for metric in (MACRO_F1, F_AVG)}
    figures["accuracy"] = float(accuracy(matrix))
    for place, label in enumerate(LABELS):
        figures[f"{label}_f1"] = float(np.nan_to_num(f1[place]))
        figures[f"{label}_precision"] = float(precision[place])
        figures[f"{label}_recall"] = float(recall[place])
    figures["log_loss"] = log_loss(scored)
    figures["brier"] = brier(scored)
    figures["ece"] = expected_calibration_error(scored)
    return figures
