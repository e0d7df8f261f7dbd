"""What a stream of texts is like, in counts: taken alike of traffic and of the corpus, so that they compare.

Every count is ``(statistic, bin, value)``; the bins of one statistic add up to a distribution.
"""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from features.answer import Answer
from features.blocks.ngrams import SPELLED_OUT, is_word
from features.document import analyse

LENGTHS = (100, 300, 1_000, 3_000, 10_000, 30_000)
LENGTH_BINS = (*(f"up to {limit}" for limit in LENGTHS), "longer")
CHARACTERS = 2_000  # the beginning tells what a text is like; the rest would only cost
STATISTICS = ("stance", "probability", "length", "topic", "words", "tags")

Count = tuple[str, str, float]


def answer_counts(text: str, answer: Answer) -> Iterator[Count]:
    """Yield what a text's answer and length count for; costs next to nothing."""
    yield "texts", "answered", 1
    yield "stance", answer.stance, 1
    for label, probability in answer.probabilities.items():
        yield "probability", label, probability
    yield "length", LENGTH_BINS[bisect_left(LENGTHS, len(text))], 1
    yield "topic", "on topic" if answer.on_topic else "off topic", 1


def content_counts(text: str, vocabulary: frozenset[str]) -> Iterator[Count]:
    """Yield what a text's words and lexicon tags count for; costs as much as reading its beginning.

    Numbers are no words here. Without a vocabulary, words count for nothing.
    """
    yield "texts", "read", 1
    for sentence in analyse(text[:CHARACTERS]).sentences:
        yield from (("tags", hit.tag, 1) for hit in sentence.hits)
        if vocabulary:
            words = [SPELLED_OUT.get(word, word) for word in sentence.words if is_word(word) and not word[0].isdigit()]
            yield from (("words", "known" if word in vocabulary else "unknown", 1) for word in words)


def known_words(pipeline: Any) -> frozenset[str]:
    """The single words in the vocabularies of a pipeline's word n-grams; empty if it has none."""
    terms: set[str] = set()
    waiting, seen = [pipeline], set()
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        if type(part).__name__ == "WordNgrams":
            terms.update(getattr(part, "vocabulary_", ()))  # the copy that was never fitted has none
        elif not hasattr(part, "vocabulary_"):
            waiting += _inside(part)
    return frozenset(term for term in terms if " " not in term)


def _inside(part: Any) -> list[Any]:
    if isinstance(part, dict):
        return list(part.values())
    if isinstance(part, list | tuple):
        return list(part)
    own = type(part).__module__.startswith(("features.", "sklearn."))
    return list(getattr(part, "__dict__", {}).values()) if own else []
