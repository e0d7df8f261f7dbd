"""Delexicalised sequences: n-grams and ordered pairs over actor, act and cue tags, names and words gone."""

from collections.abc import Callable, Iterable, Iterator

from features.blocks.vocabulary import CompactTfidf
from features.claims import claims
from features.document import Document, Sentence
from features.matcher import Hit
from features.scene import ACTS, GOODS, SIDES, SIGNALS

PRIORITY = {tag: rank for rank, tag in enumerate((*SIDES, *SIGNALS, *ACTS, *GOODS))}
KEPT_WORDS = frozenset(
    "by to for from with of against in into over as on about is are was were been be has have had will would "  # noqa: SIM905
    "could may might not n't no 's it its and or but if after while despite : ; ? ! \"".split()
)
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


def symbols_of(sentence: Sentence) -> list[str]:
    """Return a sentence's tags and kept function words, in order; an entry of several words gives one tag."""
    if "symbols" not in sentence.notes:
        sentence.notes["symbols"] = _symbols(sentence)
    found: list[str] = sentence.notes["symbols"]
    return found


def _symbols(sentence: Sentence) -> list[str]:
    best: dict[int, Hit] = {}
    for hit in sentence.hits:
        rival = best.get(hit.first)
        if rival is None or _rank(hit) < _rank(rival):
            best[hit.first] = hit
    symbols: list[str | None] = list(map(_KEPT_OR_NONE, sentence.words))
    place = 0
    for tag, first, last in best.values():
        if first >= place:
            place = last
            symbols[first:last] = [tag] + [None] * (last - first - 1)
    return _without_repeats(filter(None, symbols)) + _claim_symbols(sentence)


def _claim_symbols(sentence: Sentence) -> list[str]:
    """Return what the sentence says of each pair of sides, such as ``=china>russia#denied``."""
    said = claims(sentence)
    framed = zip(said.pairs, said.frames, strict=True)
    return sorted({f"={pair}#{frame.polarity}" for pair, frame in framed})


def _rank(hit: Hit) -> tuple[int, int, str]:
    tag, first, last = hit
    return first - last, PRIORITY.get(tag, len(PRIORITY)), tag


def _without_repeats(symbols: Iterable[str]) -> list[str]:
    """Leave out a tag that follows itself; a word that does is kept."""
    kept: list[str] = []
    before = ""
    for symbol in symbols:
        if symbol != before or symbol in KEPT_WORDS:
            kept.append(symbol)
            before = symbol
    return kept


def _pairs(tags: list[str]) -> Iterator[str]:
    for place, first in enumerate(tags):
        for second in tags[place + 1 : place + 1 + WINDOW]:
            yield f"{first}..{second}"


_KEPT_OR_NONE = {word: word for word in KEPT_WORDS}.get
