"""Near pairs: the join over all at once finds what comparing every two finds."""

from itertools import combinations

import numpy as np
import pytest

from training.checks.similarity import Pair, Words, containment, near_across, near_pairs, shingles, words

ABC = frozenset("abc")


def jaccard(first: Words, second: Words) -> float:
    return len(first & second) / len(first | second) if first | second else 0.0


def drawn(seed: int, size: int) -> list[Words]:
    random = np.random.default_rng(seed)
    return [frozenset(random.choice(list("abcdefghij"), random.integers(0, 8))) for _ in range(size)]


@pytest.mark.parametrize("threshold", [0.3, 0.5, 1.0])
def test_the_join_finds_what_comparing_every_two_finds(threshold: float) -> None:
    sets = drawn(1, 520)
    wanted = {(i, j) for i, j in combinations(range(len(sets)), 2) if jaccard(sets[i], sets[j]) >= threshold}
    found = list(near_pairs(sets, threshold))
    assert wanted
    assert {(pair.first, pair.second) for pair in found} == wanted
    assert len(found) == len(wanted)
    assert all(pair.similarity == pytest.approx(jaccard(sets[pair.first], sets[pair.second])) for pair in found)


def test_two_collections_are_joined_with_each_other_only() -> None:
    assert list(near_across([ABC, ABC], [frozenset("xyz"), frozenset("abcd")], 0.5)) == [
        Pair(0, 1, 0.75),
        Pair(1, 1, 0.75),
    ]


def test_nothing_is_near_to_nothing() -> None:
    assert list(near_pairs([frozenset(), frozenset()], 0.5)) == []
    assert list(near_across([], [ABC], 0.5)) == []


def test_words_know_no_case_and_no_marks() -> None:
    assert words("China, CHINA: 'no'") == ["china", "china", "no"]


def test_a_headline_inside_an_article_is_contained_in_it() -> None:
    headline = shingles("Envoy leaves for talks in Moscow")
    article = shingles("Late on Monday the envoy leaves for talks in Moscow. Nothing else is known of the journey.")
    assert containment(headline, article) == containment(article, headline) == 1.0
    assert containment(headline, shingles("Moscow: in talks for leaves, envoy")) == 0.0


def test_a_text_of_two_words_is_one_sequence() -> None:
    assert shingles("No comment") == {("no", "comment")}
