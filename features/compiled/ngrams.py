"""N-grams over numbered symbols, found for many texts at once by arithmetic on whole arrays."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np

from features.compiled.entries import Ints, Unknown

_DENSE = 1 << 20  # cells up to which a table is spread out, so that a look-up is one step
_MOST = 1 << 62
_ABSENT = -1

Gram = tuple[int, ...]


class Columns:
    """From numbers to columns; numbers that are not known have none."""

    def __init__(self, known: Mapping[int, int], size: int) -> None:
        self._dense = size <= _DENSE
        if self._dense:
            self._columns = np.full(size, _ABSENT, dtype=np.int64)
            self._columns[list(known)] = list(known.values())
        else:
            self._keys = np.array(sorted(known), dtype=np.int64)
            self._columns = np.array([known[key] for key in self._keys.tolist()], dtype=np.int64)

    def look_up(self, numbers: Ints) -> tuple[Ints, Ints]:
        """Return the places in ``numbers`` of those that are known, and their columns."""
        if self._dense:
            columns = self._columns[numbers]
            places = (columns != _ABSENT).nonzero()[0]
            return places, columns[places]
        near = self._keys.searchsorted(numbers)
        near[near == len(self._keys)] = 0
        places = (self._keys[near] == numbers).nonzero()[0]
        return places, self._columns[near[places]]


class Ngrams:
    """The n-grams of a vocabulary over symbols numbered from 1; 0 is any other symbol, or a gap.

    An n-gram is the number that its symbols make as digits. No known one has a digit 0, so nothing is found
    across a gap, and every place of every text is looked up in one step for each length.
    """

    def __init__(self, columns: Mapping[Gram, int], symbols: int) -> None:
        self._base = symbols + 1
        longest = max(map(len, columns), default=1)
        if self._base**longest >= _MOST:
            raise Unknown(f"{longest}-grams over {symbols} symbols do not fit a machine word")
        by_size: defaultdict[int, dict[int, int]] = defaultdict(dict)
        for gram, column in columns.items():
            by_size[len(gram)][self._number(gram)] = column
        self._tables = {size: Columns(known, self._base**size) for size, known in by_size.items()}
        self._longest = longest

    def find(self, symbols: Ints) -> Iterable[tuple[Ints, Ints]]:
        """Yield, for each length, the places where known n-grams start, and their columns."""
        numbers = symbols
        for size in range(1, min(self._longest, len(symbols)) + 1):
            if size > 1:
                numbers = numbers[:-1] * self._base + symbols[size - 1 :]
            if size in self._tables:
                yield self._tables[size].look_up(numbers)

    def _number(self, gram: Gram) -> int:
        number = 0
        for symbol in gram:
            number = number * self._base + symbol
        return number


class Pairs:
    """Ordered pairs of symbols of one group that stand no more than ``window`` apart."""

    def __init__(self, columns: Mapping[Gram, int], symbols: int, window: int) -> None:
        self._base = symbols + 1
        self._window = window
        known = {first * self._base + second: column for (first, second), column in columns.items()}
        self._columns = Columns(known, self._base**2)

    def find(self, symbols: Ints, groups: Ints) -> tuple[Ints, Ints]:
        """Return the places of the first symbols of known pairs, and the pairs' columns; groups are in order."""
        seconds = np.arange(len(symbols))[:, None] + np.arange(1, self._window + 1)
        together = (groups.take(seconds, mode="clip") == groups[:, None]) & (seconds < len(symbols))
        firsts, apart = together.nonzero()
        places, columns = self._columns.look_up(symbols[firsts] * self._base + symbols[firsts + apart + 1])
        return firsts[places], columns
