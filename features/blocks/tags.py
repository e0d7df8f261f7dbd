"""Delexicalised sequences: n-grams and ordered pairs over actor, act and cue tags, names and words gone."""

from collections.abc import Callable, Iterator

from features.blocks.vocabulary import CompactTfidf
from features.document import Document, Sentence
from features.frames import ACTS, GOODS, SIDES, SIGNALS

_PRIORITY = {tag: rank for rank, tag in enumerate((*SIDES, *SIGNALS, *ACTS, *GOODS))}
_KEPT_WORDS = frozenset(
    "by to for from with of against in into over as on about is are was were been be has have had will would "  # noqa: SIM905
    "could may might not n't no 's it its and or but if after while despite : ; ? ! \"".split()
)
_WINDOW = 12


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
            symbols = ["^" if number == 0 else "^^", *symbols_of(sentence), "$"]
            for size in range(shortest, longest + 1):
                grams.extend(" ".join(symbols[i : i + size]) for i in range(len(symbols) - size + 1))
            grams.extend(_pairs([symbol for symbol in symbols if symbol in _PRIORITY]))
        return grams


def symbols_of(sentence: Sentence) -> list[str]:
    """Return a sentence's tags and kept function words, in order; an entry of several words gives one tag."""
    best: dict[int, tuple[int, int, str]] = {}
    for hit in sentence.hits:
        rank = _PRIORITY.get(hit.tag, len(_PRIORITY))
        key = (hit.first - hit.last, rank, hit.tag)
        if hit.first not in best or key < best[hit.first]:
            best[hit.first] = key
    symbols: list[str] = []
    place = 0
    for number, token in enumerate(sentence.tokens):
        if number < place:
            continue
        found = best.get(number)
        if found is not None:
            place = number - found[0]
            if not symbols or symbols[-1] != found[2]:
                symbols.append(found[2])
        elif token.form in _KEPT_WORDS:
            symbols.append(token.form)
    return symbols


def _pairs(tags: list[str]) -> Iterator[str]:
    for place, first in enumerate(tags):
        for second in tags[place + 1 : place + 1 + _WINDOW]:
            yield f"{first}..{second}"
