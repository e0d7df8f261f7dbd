"""Isotonic curves: what they mend, and what they must never do."""

import numpy as np

from features.calibration_isotonic import apply_isotonic, fit_isotonic

RANDOM = np.random.default_rng(0)
TRUE = RANDOM.dirichlet([1.0, 1.0, 1.0], 4_000)
ROWS = np.array([RANDOM.choice(3, p=row) for row in TRUE])
SHARP = TRUE**3 / (TRUE**3).sum(axis=1, keepdims=True)


def loss(probabilities: np.ndarray) -> float:
    return -float(np.log(probabilities[np.arange(len(ROWS)), ROWS]).mean())


def test_overconfident_probabilities_come_near_the_true_ones() -> None:
    mended = apply_isotonic(SHARP, fit_isotonic(SHARP, ROWS))
    assert loss(mended) < loss(SHARP) - 0.1
    assert np.abs(mended - TRUE).mean() < np.abs(SHARP - TRUE).mean() / 1.5


def test_rows_sum_to_one_and_no_probability_is_zero() -> None:
    mended = apply_isotonic(np.array([[1.0, 0.0, 0.0], [0.0, 0.5, 0.5], [1 / 3] * 3]), fit_isotonic(SHARP, ROWS))
    np.testing.assert_allclose(mended.sum(axis=1), 1.0)
    assert mended.min() > 0


def test_a_curve_never_falls() -> None:
    for curve in fit_isotonic(SHARP, ROWS):
        assert (np.diff(curve.given) > 0).all()
        assert (np.diff(curve.calibrated) >= 0).all()


def test_a_class_without_a_text_stays_possible() -> None:
    curves = fit_isotonic(TRUE, np.where(ROWS == 2, 1, ROWS))
    assert apply_isotonic(TRUE, curves)[:, 2].min() > 0
