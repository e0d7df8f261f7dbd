"""Intervals: wide where they ought to be, and exact where nothing varies."""

import numpy as np
import pytest

from training.bootstrap import paired_difference, score_interval
from training.compare import compare, mcnemar
from training.metrics import accuracy
from training.scored import IntArray, Scored


def answers(truth: IntArray, stances: IntArray) -> Scored:
    return Scored(truth, stances, np.eye(3)[stances])


TRUTH = np.tile([0, 1, 2], 40)
RIGHT = answers(TRUTH, TRUTH)
NOISY = answers(TRUTH, np.where(np.arange(120) % 5 == 0, (TRUTH + 1) % 3, TRUTH))


def test_the_interval_holds_its_estimate() -> None:
    found = score_interval(NOISY, range(120))
    assert found.low < found.estimate < found.high
    # Accuracy .8 of 120 independent texts: 1.96 * sqrt(.8 * .2 / 120) = .072 either side.
    width = score_interval(NOISY, range(120), statistic=accuracy)
    assert width.high - width.low == pytest.approx(0.143, abs=0.02)


def test_texts_of_one_group_count_as_one() -> None:
    wrong = answers(TRUTH, np.where(np.arange(120) < 24, (TRUTH + 1) % 3, TRUTH))
    alone = score_interval(wrong, range(120))
    grouped = score_interval(wrong, [row // 12 for row in range(120)])
    assert grouped.high - grouped.low > 2 * (alone.high - alone.low)


def test_the_same_seed_gives_the_same_interval() -> None:
    assert score_interval(NOISY, range(120), seed=3) == score_interval(NOISY, range(120), seed=3)


def test_a_model_differs_in_nothing_from_itself() -> None:
    found = paired_difference(NOISY, NOISY, range(120))
    assert (found.estimate, found.low, found.high) == (0.0, 0.0, 0.0)


def test_a_pair_is_drawn_together() -> None:
    """One text apart: the difference varies far less than either score."""
    better = answers(TRUTH, np.where(np.arange(120) == 0, TRUTH, NOISY.stances))
    apart = paired_difference(better, NOISY, range(120))
    alone = score_interval(NOISY, range(120))
    assert 0 <= apart.low <= apart.estimate <= apart.high
    assert apart.high - apart.low < (alone.high - alone.low) / 4


def test_many_groups_are_drawn_in_steps_without_changing_the_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = score_interval(NOISY, range(120), draws=50)
    monkeypatch.setattr("training.bootstrap._CELLS", 1)
    assert score_interval(NOISY, range(120), draws=50) == whole


def test_mcnemar_is_the_exact_binomial_test() -> None:
    assert mcnemar(1, 5) == pytest.approx(2 * (1 + 6) / 2**6)
    assert mcnemar(0, 0) == 1.0


def test_a_small_p_value_is_not_printed_as_none() -> None:
    costs: tuple[dict[str, float], dict[str, float]] = ({}, {})
    groups = [str(number) for number in range(120)]
    assert compare(NOISY, RIGHT, groups, costs).sentence.endswith("McNemar p < 0.001")
    assert compare(RIGHT, RIGHT, groups, costs).sentence.endswith("McNemar p = 1.000")
