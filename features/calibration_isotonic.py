"""Isotonic calibration of several classes: one monotone curve a class, then normalised.

Zadrozny and Elkan (2002), "Transforming classifier scores into accurate multiclass probability estimates": each
class against the rest is fitted by itself, and a text's calibrated shares are divided by their sum.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression

from features.calibration import Probabilities

_LEAST = 1e-3


@dataclass(frozen=True)
class Curve:
    """A monotone piecewise linear curve from a probability to a calibrated one.

    Attributes:
        given: probabilities in rising order, shape ``(knots,)``.
        calibrated: what each becomes, never falling, shape ``(knots,)``.
    """

    given: NDArray[np.float64]
    calibrated: NDArray[np.float64]


def fit_isotonic(probabilities: Probabilities, rows: NDArray[np.intp]) -> tuple[Curve, ...]:
    """Return one curve a class, in the order of the columns.

    Args:
        probabilities: shape ``(texts, classes)``, from models that did not see the text.
        rows: the true class of each text, as a column's number.
    """
    curves = []
    for column, given in enumerate(probabilities.T):
        fitted = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip").fit(given, rows == column)
        curves.append(Curve(np.asarray(fitted.X_thresholds_), np.asarray(fitted.y_thresholds_)))
    return tuple(curves)


def apply_isotonic(probabilities: Probabilities, curves: tuple[Curve, ...]) -> Probabilities:
    """Return calibrated probabilities, same shape, each row summing to 1.

    A curve ends in steps of exactly 0 and 1, of which one wrong text makes an infinite loss; so no share is less
    than a thousandth before the rows are normalised.
    """
    columns = [
        np.interp(given, curve.given, curve.calibrated) for given, curve in zip(probabilities.T, curves, strict=True)
    ]
    shares = np.maximum(np.column_stack(columns), _LEAST)
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), dtype=np.float64)
