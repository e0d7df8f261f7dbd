"""Feature blocks compiled: the same columns and values as their transformers give."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, repeat
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from features.blocks.cues import CueCounts
from features.blocks.frame_columns import names_by_place, names_inside
from features.blocks.frames import FrameFeatures
from features.blocks.ngrams import SPELLED_OUT, CharNgrams, WordNgrams, is_word
from features.blocks.shape import COLUMNS, TextShape
from features.blocks.symbols import PRIORITY, symbols_of
from features.blocks.tags import END, FIRST, LATER, WINDOW, TagNgrams
from features.compiled.entries import Entries, Ints, Unknown, count
from features.compiled.layout import Layout
from features.compiled.ngrams import Ngrams, Pairs
from features.compiled.tfidf import TfIdf

Terms = dict[tuple[str, ...], int]

_MARK = -1
_FREQUENT_MARKS = (*",.:;-'\"()?!$%&/", "'s", "'re", "'ve", "'ll", "'d", "'m", "...")  # the others are told when met


class CompiledBlock(Protocol):
    """A feature block: documents to the filled cells of their matrix."""

    width: int

    def entries(self, layout: Layout) -> Entries:
        """Return the cells; rows are the places of the documents."""
        ...


def compile_block(block: Any) -> CompiledBlock:
    """Return the compiled form of a fitted feature block.

    Raises:
        Unknown: the block is of another type, or weighs its terms in another way.
    """
    compiled = _COMPILED.get(type(block))
    if compiled is None:
        raise Unknown(f"no compiled form of {type(block).__name__}")
    return compiled(block)


class _Words:
    """Word n-grams."""

    def __init__(self, block: WordNgrams) -> None:
        self._weights = TfIdf(block)
        self.width = self._weights.width
        grams: Terms = {tuple(term.split(" ")): column for term, column in block.vocabulary_.items()}
        self._numbers = _WordNumbers(_numbered(chain.from_iterable(grams)))
        self._ngrams = Ngrams(_in_numbers(grams, self._numbers), len(self._numbers))
        self._numbers.update({form: self._numbers.get(word, 0) for form, word in SPELLED_OUT.items()})
        self._numbers.update(dict.fromkeys(_FREQUENT_MARKS, _MARK))

    def entries(self, layout: Layout) -> Entries:
        """Return the weighed n-grams."""
        read = [(*map(self._numbers.__getitem__, sentence.words), 0) for sentence in layout.sentences]
        sentences, symbols = _flat(read)
        words = symbols != _MARK
        sentences, symbols = sentences[words], symbols[words]
        found = [(sentences[places], columns) for places, columns in self._ngrams.find(symbols)]
        return self._weights.weigh(*layout.anywhere.spread(*_joined(found)), len(layout.documents))


class _WordNumbers(dict[str, int]):
    """The number of every word that is part of a known term; 0 for other words, and no word at all for marks."""

    def __missing__(self, form: str) -> int:
        return 0 if is_word(form) else _MARK


class _Tags:
    """N-grams and pairs of tags."""

    def __init__(self, block: TagNgrams) -> None:
        self._weights = TfIdf(block)
        self.width = self._weights.width
        grams, pairs = _grams_and_pairs(block.vocabulary_)
        self._numbers = _numbered(chain(PRIORITY, (FIRST, LATER, END), chain.from_iterable(grams)))
        self._other = len(self._numbers) + 1
        self._longest = max(map(len, grams), default=1)
        self._ngrams = Ngrams(_in_numbers(grams, self._numbers), self._other)
        self._pairs = Pairs(_in_numbers(pairs, self._numbers), self._other, WINDOW)

    def entries(self, layout: Layout) -> Entries:
        """Return the weighed n-grams and pairs."""
        first, later, end = (self._numbers[mark] for mark in (FIRST, LATER, END))
        read = [
            (later, *map(self._numbers.get, symbols_of(sentence), repeat(self._other)), end, 0)
            for sentence in layout.sentences
        ]
        openings = [(first, *sequence[1 : self._longest], 0) for sequence in read]
        sequences, symbols = _flat(read + openings)
        within = sequences < len(read)
        sentences = np.where(within, sequences, sequences - len(read))
        places, columns = _joined(list(self._ngrams.find(symbols)))
        grams = sentences[places], columns
        tags = (within & (symbols > 0) & (symbols <= len(PRIORITY))).nonzero()[0]
        firsts, paired = self._pairs.find(symbols[tags], sentences[tags])
        found = [
            layout.anywhere.spread(sentences[tags[firsts]], paired),
            layout.anywhere.spread(*_where((within & (symbols != later))[places], *grams)),
            layout.later.spread(*_where((symbols == later)[places], *grams)),
            layout.first.spread(*_where((symbols == first)[places], *grams)),
        ]
        return self._weights.weigh(*_joined(found), len(layout.documents))


class _Chars:
    """Character n-grams."""

    def __init__(self, block: CharNgrams) -> None:
        self._weights = TfIdf(block)
        self.width = self._weights.width
        self._analyse = block.build_analyzer()
        self._vocabulary: dict[str, int] = block.vocabulary_

    def entries(self, layout: Layout) -> Entries:
        """Return the weighed n-grams."""
        found = [_known(self._vocabulary, self._analyse(document)) for document in layout.documents]
        return self._weights.weigh(*_flat(found), len(layout.documents))


class _Cues:
    """Counts of tags, and which of them stand in the first sentence."""

    def __init__(self, block: CueCounts) -> None:
        self._columns = {tag: column for column, tag in enumerate(block.tags_)}
        self._tags = len(block.tags_)
        self.width = 2 * self._tags

    def entries(self, layout: Layout) -> Entries:
        """Return ``log(1 + count)`` of tags, and 1 for those that lead."""
        sentences, met = _flat([[self._columns[hit.tag] for hit in sentence.hits] for sentence in layout.sentences])
        anywhere = layout.anywhere.spread(sentences, met)
        leading = layout.first.spread(sentences, met + self._tags)
        rows, columns, counts = count(*_joined([anywhere, leading]), self.width)
        return Entries(rows, columns, np.where(columns < self._tags, np.log1p(counts), 1.0))


class _Frames:
    """Counts of claim frames and of what stands around them."""

    def __init__(self, block: FrameFeatures) -> None:
        self._columns = {name: column for column, name in enumerate(block.columns_)}
        self.width = len(block.columns_)

    def entries(self, layout: Layout) -> Entries:
        """Return ``log(1 + count)`` of each column."""
        column = self._columns.__getitem__
        inside = _flat([list(map(column, names_inside(sentence))) for sentence in layout.sentences])
        by_place = _flat([list(map(column, names_by_place(document))) for document in layout.documents])
        found = [layout.anywhere.spread(*inside), by_place]
        rows, columns, counts = count(*_joined(found), self.width)
        return Entries(rows, columns, np.log1p(counts))


class _Shape:
    """Features of the document as a whole."""

    def __init__(self, block: TextShape) -> None:
        self._block = block
        self.width = len(COLUMNS)

    def entries(self, layout: Layout) -> Entries:
        """Return the features that are not 0."""
        cells = self._block.transform(layout.documents)
        rows, columns = cells.nonzero()
        return Entries(rows, columns, cells[rows, columns])


_COMPILED: dict[type, Callable[[Any], CompiledBlock]] = {
    WordNgrams: _Words, TagNgrams: _Tags, CharNgrams: _Chars, CueCounts: _Cues, FrameFeatures: _Frames,
    TextShape: _Shape,
}  # fmt: skip


def _grams_and_pairs(vocabulary: Mapping[str, int]) -> tuple[Terms, Terms]:
    """Tell the n-grams of a vocabulary of tags (``a b``) from its pairs (``a..b``)."""
    grams: Terms = {}
    pairs: Terms = {}
    for term, column in vocabulary.items():
        first, paired, second = term.partition("..")
        if paired and " " not in term:
            pairs[first, second] = column
        else:
            grams[tuple(term.split(" "))] = column
    return grams, pairs


def _numbered(symbols: Iterable[str]) -> dict[str, int]:
    """Number symbols from 1, in order of their first appearance."""
    return {symbol: number for number, symbol in enumerate(dict.fromkeys(symbols), start=1)}


def _in_numbers(terms: Terms, numbers: Mapping[str, int]) -> dict[tuple[int, ...], int]:
    """Write terms in the numbers of their symbols; a term with a symbol that cannot be met is left out."""
    met = {term: column for term, column in terms.items() if all(symbol in numbers for symbol in term)}
    return {tuple(numbers[symbol] for symbol in term): column for term, column in met.items()}


def _joined(found: Sequence[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    if not found:
        return _NONE, _NONE
    rows, columns = zip(*found, strict=True)
    return np.concatenate(rows), np.concatenate(columns)


def _where(wanted: NDArray[np.bool_], rows: Ints, columns: Ints) -> tuple[Ints, Ints]:
    return rows[wanted], columns[wanted]


def _flat(found: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Return the number of the sequence that each element stands in, and the elements."""
    lengths = np.array([len(part) for part in found], dtype=np.int64)
    elements = np.fromiter(chain.from_iterable(found), dtype=np.int64, count=lengths.sum())
    return np.arange(len(found)).repeat(lengths), elements


def _known(vocabulary: Mapping[str, int], grams: Iterable[str]) -> list[int]:
    return [column for column in map(vocabulary.get, grams) if column is not None]


_NONE: Ints = np.zeros(0, dtype=np.int64)
