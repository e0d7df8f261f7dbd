"""Reading is written for speed; here it is held against the same rules written plainly."""

import re
import unicodedata
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from features.document import analyse
from features.lexicon import lexicon
from features.lexicon.patterns import ANY_WORD
from features.matcher import Hit, find
from features.sentences import split_sentences
from features.text import normalise
from features.tokens import Token, forms, tokenise

PLAIN_TOKEN = re.compile(
    r"[a-z]\.(?:[a-z]\.?)+(?![a-z])|u\$a?|(?:ca|wo|sha|[a-z]+?)(?=n't(?![a-z]))|n't(?![a-z])"
    r"|'(?:s|re|ve|ll|d|m)(?![a-z0-9])|[0-9]+(?:[.,:][0-9]+)*(?:[a-z]{1,3}(?![a-z]))?"
    r"|[a-z]+(?:[0-9]+[a-z]*)?|[^\W_a-z0-9]+|[.!?]+|[^\w\s]"
)
PLAIN_MARK = re.compile(r"""\n\s*|[.!?]+["')\]]*(?=\s|$)""")
WRITTEN = "China US USA US$ U.S. u.s.a can't won’t n't isn Xi's a I i.e. G7 152mm 1,000.5 Mr. é 中 “ ” ' !? ... … x9y )"
PARTS = [*WRITTEN.split(), "\n", " ", "\t", "\u2028"]
TEXT = st.text(max_size=80) | st.lists(st.sampled_from(PARTS), max_size=30).map("".join)
UNHURRIED = settings(deadline=None)  # the first call reads the lexicon
WORDS = sorted({word for found in lexicon().values() for form in found for word in form} - {ANY_WORD})
WORD = st.sampled_from([*WORDS, "the", ",", "?"])
FORMS = sorted(form for found in lexicon().values() for form in found if len(form) > 1)


def plain_fold(char: str) -> str:
    folded = unicodedata.normalize("NFKD", char)[0].lower()[0]
    category = unicodedata.category(folded)
    if category.startswith("Z") or category in {"Cc", "Cf", "Cs"}:
        return "\n" if char in "\n\r\v\f\x85\u2028\u2029" else " "
    return folded


def any_matches(known: frozenset[tuple[str, ...]], words: list[str], size: int) -> bool:
    """Whether an entry of a tag stands for just these words, any of which may be its wildcard."""
    if len(words) < size:
        return False
    choices = [(word, ANY_WORD) if word[0].isalnum() else (word,) for word in words]
    return any(form in known for form in product(*choices))


@UNHURRIED
@given(st.text(max_size=120))
def test_characters_fold_one_by_one(text: str) -> None:
    states = re.sub(r"\b(?:US|USA)\b(?!\$)", lambda found: "U$" + found.group()[2:], text)
    plain = states if re.search("[a-z]", text) else text
    punctuation = {**dict.fromkeys("‘’‚‛′`´ʼ", "'"), **dict.fromkeys("“”„‟″«»", '"'), "…": "."}
    punctuation |= dict.fromkeys("‐‑‒–—―−", "-")
    assert normalise(text) == "".join(punctuation.get(char) or plain_fold(char) for char in plain)


@UNHURRIED
@given(TEXT)
def test_tokens_are_those_of_the_plain_pattern(text: str) -> None:
    normal = normalise(text)
    assert [(t.start, t.end) for t in tokenise(normal)] == [found.span() for found in PLAIN_TOKEN.finditer(normal)]
    assert forms(normal, 0, len(normal)) == [token.form for token in tokenise(normal)]


@UNHURRIED
@given(TEXT)
def test_sentences_end_only_where_the_plain_pattern_breaks(text: str) -> None:
    normal = normalise(text)
    breaks = {0, len(normal)} | {found.end() for found in PLAIN_MARK.finditer(normal)}
    ends = [end for _, end in split_sentences(normal, text)]
    assert all(any(not normal[end:stop].strip() for stop in breaks if stop >= end) for end in ends)


@UNHURRIED
@given(TEXT)
def test_words_of_a_sentence_are_the_forms_of_its_tokens(text: str) -> None:
    for sentence in analyse(text).sentences:
        assert all(isinstance(token, Token) for token in sentence.tokens)
        assert sentence.words == tuple(token.form for token in sentence.tokens)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(FORMS) | st.tuples(WORD), max_size=5))
def test_hits_are_the_longest_of_each_tag_at_each_place(parts: list[tuple[str, ...]]) -> None:
    words = ["word" if word == ANY_WORD else word for part in parts for word in part]
    expected: set[Hit] = set()
    for tag, known in lexicon().items():
        covered = 0
        longest = max(map(len, known))
        for first in range(len(words)):
            sizes = range(1, longest + 1)
            ends = [first + size for size in sizes if any_matches(known, words[first : first + size], size)]
            if ends and max(ends) > covered:
                covered = max(ends)
                expected.add(Hit(tag, first, covered))
    found = find(tuple(words))
    assert set(found) == expected
    assert len(found) == len(expected)
    assert [hit.first for hit in found] == sorted(hit.first for hit in found)
