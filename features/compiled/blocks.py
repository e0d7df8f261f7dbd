"""Feature blocks compiled: the same columns and values as their transformers give."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, repeat
from typing import Any

import numpy as np

from features.blocks.cues import CueCounts
from features.blocks.frames import FrameFeatures, names
from features.blocks.ngrams import SPELLED_OUT, CharNgrams, WordNgrams, is_word
from features.blocks.shape import COLUMNS, TextShape
from features.blocks.tags import PRIORITY, WINDOW, TagNgrams, framed_symbols
from features.compiled.entries import CompiledBlock, Entries, Ints, Unknown, count
from features.compiled.ngrams import Ngrams, Pairs
from features.compiled.tfidf import TfIdf
from features.document import Document

Terms = dict[tuple[str, ...], int]

_MARK = -1


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

    def entries(self, documents: Sequence[Document]) -> Entries:
        """Return the weighed n-grams."""
        numbers: list[int] = []
        lengths = []
        for document in documents:
            before = len(numbers)
            for sentence in document.sentences:
                numbers += map(self._numbers.__getitem__, sentence.words)
                numbers.append(0)
            lengths.append(len(numbers) - before)
        symbols, rows = np.array(numbers, dtype=np.int64), _rows(lengths)
        words = symbols != _MARK
        symbols, rows = symbols[words], rows[words]
        found = [(rows[places], columns) for places, columns in self._ngrams.find(symbols)]
        return self._weights.weigh(*_joined(found), len(documents))


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
        self._numbers = _numbered(chain(PRIORITY, chain.from_iterable(grams)))
        self._other = len(self._numbers) + 1
        self._ngrams = Ngrams(_in_numbers(grams, self._numbers), self._other)
        self._pairs = Pairs(_in_numbers(pairs, self._numbers), self._other, WINDOW)

    def entries(self, documents: Sequence[Document]) -> Entries:
        """Return the weighed n-grams and pairs."""
        numbers: list[int] = []
        lengths = []
        for document in documents:
            before = len(numbers)
            for place, sentence in enumerate(document.sentences):
                symbols = framed_symbols(sentence, first=place == 0)
                numbers += map(self._numbers.get, symbols, repeat(self._other))
                numbers.append(0)
            lengths.append(len(numbers) - before)
        all_symbols, rows = np.array(numbers, dtype=np.int64), _rows(lengths)
        found = [(rows[places], columns) for places, columns in self._ngrams.find(all_symbols)]
        tags = ((all_symbols > 0) & (all_symbols <= len(PRIORITY))).nonzero()[0]
        sentences = (all_symbols == 0).cumsum()[tags]
        found += [(rows[tags[places]], columns) for places, columns in self._pairs.find(all_symbols[tags], sentences)]
        return self._weights.weigh(*_joined(found), len(documents))


class _Chars:
    """Character n-grams."""

    def __init__(self, block: CharNgrams) -> None:
        self._weights = TfIdf(block)
        self.width = self._weights.width
        self._analyse = block.build_analyzer()
        self._vocabulary: dict[str, int] = block.vocabulary_

    def entries(self, documents: Sequence[Document]) -> Entries:
        """Return the weighed n-grams."""
        found = [_known(self._vocabulary, self._analyse(document)) for document in documents]
        return self._weights.weigh(*_flat(found), len(documents))


class _Cues:
    """Counts of tags, and which of them stand in the first sentence."""

    def __init__(self, block: CueCounts) -> None:
        self._columns = {tag: column for column, tag in enumerate(block.tags_)}
        self._tags = len(block.tags_)
        self.width = 2 * self._tags

    def entries(self, documents: Sequence[Document]) -> Entries:
        """Return ``log(1 + count)`` of tags, and 1 for those that lead."""
        found = []
        for document in documents:
            met = [self._columns[hit.tag] for sentence in document.sentences for hit in sentence.hits]
            leading = {self._columns[hit.tag] for sentence in document.sentences[:1] for hit in sentence.hits}
            found.append(met + [column + self._tags for column in leading])
        rows, columns, counts = count(*_flat(found), self.width)
        return Entries(rows, columns, np.where(columns < self._tags, np.log1p(counts), 1.0))


class _Frames:
    """Counts of claim frames and of what stands around them."""

    def __init__(self, block: FrameFeatures) -> None:
        self._columns = {name: column for column, name in enumerate(block.columns_)}
        self.width = len(block.columns_)

    def entries(self, documents: Sequence[Document]) -> Entries:
        """Return ``log(1 + count)`` of each column."""
        found = [list(map(self._columns.__getitem__, names(document))) for document in documents]
        rows, columns, counts = count(*_flat(found), self.width)
        return Entries(rows, columns, np.log1p(counts))


class _Shape:
    """Features of the document as a whole."""

    def __init__(self, block: TextShape) -> None:
        self._block = block
        self.width = len(COLUMNS)

    def entries(self, documents: Sequence[Document]) -> Entries:
        """Return the features that are not 0."""
        cells = self._block.transform(documents)
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


def _rows(lengths: Sequence[int]) -> Ints:
    return np.arange(len(lengths)).repeat(lengths)


def _joined(found: Sequence[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    if not found:
        return _NONE, _NONE
    rows, columns = zip(*found, strict=True)
    return np.concatenate(rows), np.concatenate(columns)


def _flat(found: Sequence[list[int]]) -> tuple[Ints, Ints]:
    columns = np.array(found[0] if len(found) == 1 else list(chain.from_iterable(found)), dtype=np.int64)
    return _rows([len(part) for part in found]), columns


def _known(vocabulary: Mapping[str, int], grams: Iterable[str]) -> list[int]:
    return [column for column in map(vocabulary.get, grams) if column is not None]


_NONE: Ints = np.zeros(0, dtype=np.int64)
