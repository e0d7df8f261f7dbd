"""Documents: offsets hold for any text, sentences end where a reader would end them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.document import analyse
from features.text import normalise

ANY_TEXT = st.text(max_size=200)
PROSE = st.text(alphabet="aB c.D!?\"'\n’…–é中 US’t\u200b\ud800", max_size=120)


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in analyse(text).sentences]


@given(ANY_TEXT | PROSE)
def test_normal_form_has_one_character_for_each_of_the_text(text: str) -> None:
    assert len(normalise(text)) == len(text)


@given(ANY_TEXT | PROSE)
def test_sentences_are_in_order_apart_and_hold_everything_but_blanks(text: str) -> None:
    document = analyse(text)
    spans = [(s.start, s.end) for s in document.sentences]
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    covered = {place for start, end in spans for place in range(start, end)}
    assert all(document.normal[place].isspace() for place in range(len(text)) if place not in covered)


@given(ANY_TEXT | PROSE)
def test_tokens_lie_within_their_sentence_and_stand_where_they_say(text: str) -> None:
    document = analyse(text)
    for sentence in document.sentences:
        for token in sentence.tokens:
            assert sentence.start <= token.start < token.end <= sentence.end
            assert document.normal[token.start : token.end].strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U.S. Deputy Secretary Kurt Campbell spoke. China replied.", 2),
        ("Mr. Wang met Gen. Li on Jan. 5. Nobody spoke.", 2),
        ("“Who calls for peace? And who does not?” Wang asked.", 2),
        ("A headline without a full stop\nThe lead starts here.", 2),
        ("Vladimir V. Putin arrived.", 1),
        ("It grew by 3.5 per cent. of all.", 1),
        ("He left . . .", 1),
        ("", 0),
        (" \n\t ", 0),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: int) -> None:
    assert len(sentences(text)) == expected


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("China hasn't sent arms", ["china", "has", "n't", "sent", "arms"]),
        ("Beijing can’t and won’t", ["beijing", "ca", "n't", "and", "wo", "n't"]),
        ("Xi's visit", ["xi", "'s", "visit"]),
        ("The US told us", ["the", "u.s.", "told", "us"]),
        ("U.S. arms", ["u.s.", "arms"]),
        ("TOLD US", ["told", "us"]),
        ("G7 and 152mm, 1,000", ["g7", "and", "152mm", ",", "1,000"]),
        ("dual-use", ["dual", "-", "use"]),
        ("Türkiye", ["turkiye"]),
    ],
)
def test_tokens_keep_every_not_and_tell_the_state_from_the_pronoun(text: str, forms: list[str]) -> None:
    assert [token.form for token in analyse(text).tokens] == forms
