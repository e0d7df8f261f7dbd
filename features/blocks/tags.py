"""Delexicalised sequences: n-grams and ordered pairs over actor, act and cue tags, names and words gone."""

from collections.abc import Callable, Iterator

from features.blocks.symbols import PRIORITY, symbols_of
from features.blocks.vocabulary import CompactTfidf
from features.document import Document, Sentence

WINDOW = 12
FIRST, LATER, END = "^", "^^", "$"  # the start of a text's first sentence, of a later one, and the end of any


class TagNgrams(CompactTfidf):
    """Tf-idf of n-grams over a sentence's tags, and of ordered pairs of tags in it.

    Each lexicon entry found stands as its tag (the longest, then the one that says most), a few function
    words stand as themselves, all other words are dropped. Parameters are those of ``TfidfVectorizer``.
    """

    def build_analyzer(self) -> Callable[[Document], list[str]]:
        """Return the function from a document to its n-grams and pairs."""
        return self._analyse

    def _analyse(self, document: Document) -> list[str]:
        shortest, longest = self.ngram_range
        grams: list[str] = []
        for number, sentence in enumerate(document.sentences):
            symbols = framed_symbols(sentence, first=number == 0)
            for size in range(shortest, longest + 1):
                grams.extend(" ".join(symbols[i : i + size]) for i in range(len(symbols) - size + 1))
            grams.extend(_pairs([symbol for symbol in symbols if symbol in PRIORITY]))
        return grams


def framed_symbols(sentence: Sentence, *, first: bool) -> list[str]:
    """Return a sentence's symbols between marks for its start (of the text, or within it) and its end."""
    return [FIRST if first else LATER, *symbols_of(sentence), END]


def _pairs(tags: list[str]) -> Iterator[str]:
    for place, first in enumerate(tags):
        for second in tags[place + 1 : place + 1 + WINDOW]:
            yield f"{first}..{second}"
