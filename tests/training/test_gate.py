"""Who becomes champion, and what is said of it."""

import dataclasses

import numpy as np

from training.gate import Trial, decide, worse_slices
from training.metrics import F_AVG
from training.scored import IntArray, Scored
from training.smoke import Smoke

TRUTH = np.tile([0, 1, 2], 100)
ROWS = np.arange(300)
GROUPS = [str(row) for row in ROWS]


def wrong_on(rows: IntArray) -> Scored:
    stances = np.where(np.isin(ROWS, rows), (TRUTH + 1) % 3, TRUTH)
    return Scored(TRUTH, stances, np.eye(3)[stances])


def trial(challenger: Scored, champion: Scored | None, kinds: list[str] | None = None) -> Trial:
    return Trial(challenger, champion, GROUPS, {"kind": kinds} if kinds else {})


def test_the_first_one_becomes_champion() -> None:
    found = decide(trial(wrong_on(ROWS[:90]), None))
    assert found.promoted
    assert found.reason == "promoted: there was no champion"


def test_a_champion_that_cannot_be_loaded_gives_way_and_the_reason_says_so() -> None:
    lost = dataclasses.replace(trial(wrong_on(ROWS[:90]), None), no_champion="the present code cannot load champion 3")
    assert decide(lost).reason == "promoted: the present code cannot load champion 3"


def test_a_clearly_better_one_is_promoted() -> None:
    found = decide(trial(wrong_on(ROWS[:30]), wrong_on(ROWS[:90])))
    assert found.promoted
    assert found.difference is not None
    assert found.difference.low > 0
    assert "macro-F1 +0.2" in found.reason


def test_the_same_answers_are_no_reason_to_change() -> None:
    found = decide(trial(wrong_on(ROWS[:30]), wrong_on(ROWS[:30])))
    assert not found.promoted
    assert found.reason.startswith("not promoted: not better; macro-F1 +0.000")


def test_a_higher_figure_that_may_be_luck_is_not_enough() -> None:
    found = decide(trial(wrong_on(ROWS[:28]), wrong_on(ROWS[200:230])))
    assert not found.promoted
    assert "may be worse by 0.01 or more" in found.reason


def test_a_protected_slice_that_is_surely_worse_blocks() -> None:
    kinds = ["headline"] * 50 + ["article"] * 250
    found = decide(trial(wrong_on(ROWS[:25]), wrong_on(ROWS[60:180]), kinds))
    assert not found.promoted
    assert "worse on kind headline, accuracy -0.500" in found.reason


def test_a_slice_too_small_to_tell_does_not_block() -> None:
    kinds = ["headline"] * 29 + ["article"] * 271
    assert decide(trial(wrong_on(ROWS[:25]), wrong_on(ROWS[60:180]), kinds)).promoted


def test_seed_articles_are_reported_and_block_only_where_asked() -> None:
    smoke = Smoke(right=4, wrong=("001.txt: neutral for support",))
    reporting = dataclasses.replace(trial(wrong_on(ROWS[:30]), None), smoke=smoke)
    blocking = dataclasses.replace(reporting, seeds_block=True)
    said = "4 of 5 seed articles right (wrong: 001.txt: neutral for support)"
    assert decide(reporting).reason == f"promoted: there was no champion; {said}"
    assert decide(blocking).reason.startswith("not promoted: a seed article came out wrong")
    assert decide(dataclasses.replace(blocking, smoke=Smoke(5, ()))).promoted


def test_a_seed_article_that_the_champion_gets_right_blocks_unasked() -> None:
    better = trial(wrong_on(ROWS[:30]), wrong_on(ROWS[:90]))
    four = Smoke(right=4, wrong=("001.txt: neutral for support",))
    lost = dataclasses.replace(better, smoke=four, champion_smoke=Smoke(5, ()))
    assert decide(lost).reason.startswith("not promoted: the champion gets 5 seed articles right; macro-F1 +0.2")
    assert decide(dataclasses.replace(lost, champion_smoke=four)).promoted


def test_the_metric_of_the_target_is_what_decides() -> None:
    support_for_deny = wrong_on(np.flatnonzero(TRUTH == 0)[:30])
    neutral_for_support = wrong_on(np.flatnonzero(TRUTH == 2)[:36])
    found = trial(support_for_deny, neutral_for_support)
    assert "macro-F1 +0.0" in decide(found).reason
    by_f_avg = decide(dataclasses.replace(found, metric=F_AVG))
    assert by_f_avg.reason.startswith("not promoted: not better; F_avg -0.0")


def test_a_slice_of_all_the_texts_is_none() -> None:
    worse = trial(wrong_on(ROWS[:90]), wrong_on(ROWS[:30]), ["sentence"] * 300)
    assert worse_slices(worse) == []
    assert worse_slices(dataclasses.replace(worse, facets={"kind": ["sentence"] * 299 + ["headline"]}))
