"""The measures of drift, on counts whose answer is known."""

from math import log

import pytest

from training.drift import TAGS_SHOWN, Shift, exceeds, shifts
from training.feedback import Profile


def counts(texts: int, **stances: int) -> Profile:
    return {("texts", "answered"): texts} | {("stance", name): float(count) for name, count in stances.items()}


def only(reference: Profile, traffic: Profile) -> Shift:
    (found,) = shifts(reference, traffic)
    return found


def test_the_same_shares_are_no_drift_whatever_their_number() -> None:
    found = only(counts(1_000, deny=500, neutral=500), counts(20_000, deny=10_000, neutral=10_000))
    assert found.psi == pytest.approx(0)
    assert found.jensen_shannon == pytest.approx(0)
    assert found.verdict == "no shift"


def test_the_index_is_that_of_its_definition() -> None:
    found = only(counts(10**9, deny=5 * 10**8, neutral=5 * 10**8), counts(10**9, deny=8 * 10**8, neutral=2 * 10**8))
    assert found.psi == pytest.approx(0.3 * log(0.8 / 0.5) + (-0.3) * log(0.2 / 0.5), abs=1e-6)
    assert found.verdict == "large shift"
    assert exceeds({"frozen": [found]}, 0.25)
    assert not exceeds({"frozen": [found]}, 0.5)


def test_stances_that_were_never_met_before_are_a_finite_shift() -> None:
    found = only(counts(1_000, deny=1_000), counts(1_000, support=1_000))
    assert 1 < found.psi < 100
    assert found.jensen_shannon == pytest.approx(1, abs=0.02)


def test_what_few_texts_show_may_be_chance() -> None:
    few = only(counts(1_000, deny=500, neutral=500), counts(10, deny=8, neutral=2))
    assert few.psi > 0.25
    assert few.verdict == "no shift"
    assert not exceeds({"frozen": [few]}, 0.1)


def test_what_one_side_lacks_is_not_compared() -> None:
    assert shifts({}, counts(10, deny=5, neutral=5)) == []
    assert shifts(counts(10, deny=5, neutral=5), {("texts", "answered"): 10.0, ("topic", "on topic"): 10.0}) == []


def test_of_many_tags_the_most_frequent_are_shown() -> None:
    tags: Profile = {("tags", f"tag{number:02}"): float(number + 1) for number in range(30)} | {("texts", "read"): 50.0}
    found = only(tags, tags)
    assert len(found.bins) == TAGS_SHOWN
    assert found.bins[0] == "tag29"
