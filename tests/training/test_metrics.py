"""Figures against values worked out by hand."""

import math

import numpy as np
import pytest

from training.calibration import expected_calibration_error
from training.metrics import accuracy, confusion, macro_f1, measure
from training.scored import Scored, from_probabilities, in_label_order

TRUTH = np.array([0, 0, 1, 2])
SCORED = from_probabilities(TRUTH, np.array([[0.8, 0.1, 0.1], [0.2, 0.7, 0.1], [0.1, 0.8, 0.1], [0.3, 0.1, 0.6]]))


def test_confusion_has_labels_down_and_answers_across() -> None:
    assert confusion(SCORED.truth, SCORED.stances).tolist() == [[1, 1, 0], [0, 1, 0], [0, 0, 1]]


def test_macro_f1_is_the_mean_over_labels() -> None:
    # support: 2*1/(1+2) = 2/3; deny: 2*1/(2+1) = 2/3; neutral: 1
    assert measure(SCORED)["macro_f1"] == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)


def test_macro_f1_leaves_out_a_label_that_occurs_nowhere() -> None:
    assert macro_f1(np.array([[3, 1, 0], [0, 4, 0], [0, 0, 0]])) == pytest.approx((6 / 7 + 8 / 9) / 2)


def test_a_label_answered_but_never_true_counts_as_zero() -> None:
    assert macro_f1(np.array([[3, 1, 0], [0, 0, 0], [0, 0, 0]])) == pytest.approx(6 / 7 / 2)


def test_figures_of_each_label() -> None:
    figures = measure(SCORED)
    assert (figures["support_precision"], figures["support_recall"]) == (1.0, 0.5)
    assert (figures["deny_precision"], figures["deny_recall"]) == (0.5, 1.0)
    assert figures["accuracy"] == 0.75


def test_log_loss_is_the_mean_surprise_at_the_label() -> None:
    wanted = -(math.log(0.8) + math.log(0.2) + math.log(0.8) + math.log(0.6)) / 4
    assert measure(SCORED)["log_loss"] == pytest.approx(wanted)


def test_log_loss_of_a_certain_mistake_is_finite() -> None:
    scored = from_probabilities(np.array([0]), np.array([[0.0, 1.0, 0.0]]))
    assert math.isfinite(measure(scored)["log_loss"])


def test_brier_sums_over_labels_and_means_over_texts() -> None:
    # (.04+.01+.01) + (.64+.49+.01) + (.01+.04+.01) + (.09+.01+.16) = 1.52
    assert measure(SCORED)["brier"] == pytest.approx(1.52 / 4)


def test_calibration_error_weighs_bins_by_their_texts() -> None:
    # Confidences .8 .7 .8 .6 of which the second is wrong; 15 bins: .8 and .8 share one, .7 and .6 stand alone.
    wanted = (2 * abs(1 - 0.8) + abs(0 - 0.7) + abs(1 - 0.6)) / 4
    assert expected_calibration_error(SCORED) == pytest.approx(wanted)


def test_a_confidence_on_an_edge_falls_into_the_bin_below() -> None:
    scored = Scored(np.array([0, 1]), np.array([0, 0]), np.array([[0.5, 0.25, 0.25], [0.45, 0.3, 0.25]]))
    assert expected_calibration_error(scored, bins=2) == pytest.approx(abs(0.5 - 0.475))


def test_accuracy_and_macro_f1_take_stacks_of_confusions() -> None:
    one = confusion(SCORED.truth, SCORED.stances)
    stack = np.stack([one, 2 * one])
    assert accuracy(stack).tolist() == [0.75, 0.75]
    assert macro_f1(stack).shape == (2,)


def test_columns_are_put_into_the_order_of_the_labels() -> None:
    ordered = in_label_order(np.array([[0.1, 0.2, 0.7]]), ["deny", "neutral", "support"])
    assert ordered.tolist() == [[0.7, 0.1, 0.2]]
