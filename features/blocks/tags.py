"""Delexicalised sequences: n-grams and ordered pairs over actor, act and cue tags, names and words gone."""

from collections.abc import Callable, Iterator

from features.blocks.vocabulary import CompactTfidf
from features.document import Document, Sentence
from features.frames import ACTS, GOODS, SIDES, SIGNALS

PRIORITY = {tag: rank for rank, tag in enumerate((*SIDES, *SIGNALS, *ACTS, *GOODS))}
KEPT_WORDS = frozenset(
    "by to for from with of against in into over as on about is are was were been be has have had will would "  # noqa: SIM905
    "could may might not n't no 's it its and or but if after while despite : ; ? ! \"".split()
)
WINDOW = 12


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
    return ["^" if first else "^^", *symbols_of(sentence), "$"]


def symbols_of(sentence: Sentence) -> list[str]:
    """Return a sentence's tags and kept function words, in order; an entry of several words gives one tag."""
    if "symbols" not in sentence.notes:
        sentence.notes["symbols"] = _symbols(sentence)
    found: list[str] = sentence.notes["symbols"]
    return found


def _symbols(sentence: Sentence) -> list[str]:
    best: dict[int, tuple[int, int, str]] = {}
    for tag, first, last in sentence.hits:
        key = (first - last, PRIORITY.get(tag, len(PRIORITY)), tag)
        if first not in best or key < best[first]:
            best[first] = key
    symbols: list[str] = []
    place = 0
    for number, word in enumerate(sentence.words):
        if number < place:
            continue
        found = best.get(number)
        if found is not None:
            place = number - found[0]
            if not symbols or symbols[-1] != found[2]:
                symbols.append(found[2])
        elif word in KEPT_WORDS:
            symbols.append(word)
    return symbols


def _pairs(tags: list[str]) -> Iterator[str]:
    for place, first in enumerate(tags):
        for second in tags[place + 1 : place + 1 + WINDOW]:
            yield f"{first}..{second}"
