"""Gradient-boosted trees scored as bit vectors: every split that a text does not pass crosses out leaves.

After Lucchese et al. (2015), "QuickScorer: a fast algorithm to rank documents with additive ensembles of regression
trees". Counts are never negative and most are 0, so that a split is only ever not passed by a cell that is filled:
a text costs what its filled cells cost, whatever the number of columns.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from lightgbm import Booster
from numpy.typing import NDArray

from features.compiled.entries import Entries, Floats, Ints, Unknown

_MOST_BYTES = 1 << 26  # of crossed-out leaves; larger ensembles are left to their own library
_TYPES = tuple(np.dtype(name) for name in ("uint16", "uint32", "uint64"))  # one bit for each leaf of a tree
_WIDE = _TYPES[-1]
_EXPONENT, _BIAS = 23, 127  # of a float32
_NONE = -1
_AT_ONCE = 16  # texts whose rows of leaves fit the processor's cache together

Node = dict[str, Any]


class _Split(NamedTuple):
    """A split: texts whose ``column`` is above ``threshold`` cannot end in the leaves ``left``."""

    column: int
    threshold: float
    tree: int
    left: int


class Trees:
    """The scores of a fitted multiclass booster, equal to its own but for the order of summation.

    Raises:
        Unknown: a split is not of the plain kind, or is not passed by an empty cell.
    """

    def __init__(self, booster: Booster) -> None:
        dumped: Node = booster.dump_model()
        if dumped["average_output"] or dumped["objective"].split()[0] != "multiclass":
            raise Unknown("averaged trees, or another objective than multiclass")
        trees: list[Node] = dumped["tree_info"]
        classes = int(dumped["num_tree_per_iteration"])
        largest = max((int(tree["num_leaves"]) for tree in trees), default=1)
        self._type = next((bits for bits in _TYPES if bits.itemsize * 8 >= largest), _TYPES[-1])
        size = self._type.itemsize * 8
        if largest > size:
            raise Unknown(f"trees of {largest} leaves")
        together = _WIDE.itemsize // self._type.itemsize
        width = -(-len(trees) // together) * together  # of a row of leaves, so that it is read in wide words
        leaves = np.zeros((width, size))
        splits = [split for number, tree in enumerate(trees) for split in _read(tree, number, leaves[number])]
        self._leaves, self._first_leaf = leaves.ravel(), np.arange(width) * size
        self._of_class = np.eye(classes)[np.arange(width) % classes]
        self._tabulate(splits, width)

    def _tabulate(self, splits: list[_Split], width: int) -> None:
        """For each threshold of a column, note which leaves a value above it leaves over; row 0 leaves all."""
        by_place: defaultdict[tuple[int, float], list[_Split]] = defaultdict(list)
        for split in splits:
            by_place[split.column, split.threshold].append(split)
        places = sorted(by_place)
        if (len(places) + 1) * width * self._type.itemsize > _MOST_BYTES:
            raise Unknown(f"{len(places)} thresholds in {width} trees take too much memory")
        self._thresholds = np.array(sorted({threshold for _, threshold in places}))
        columns = np.array([column for column, _ in places], dtype=np.int64)
        ranks = self._thresholds.searchsorted([threshold for _, threshold in places])
        self._columns = np.concatenate([[_NONE], columns])
        self._keys = np.concatenate([[_NONE], self._key(columns, ranks)])
        left_over = np.full((len(places) + 1, width), np.iinfo(self._type).max, dtype=self._type)
        for row, place in enumerate(places, start=1):
            if self._columns[row] == self._columns[row - 1]:
                left_over[row] = left_over[row - 1]
            for split in by_place[place]:
                left_over[row, split.tree] &= ~self._type.type(split.left)
        self._left_over = left_over.view(_WIDE)

    def _key(self, columns: Ints, ranks: Ints) -> Ints:
        return columns * (len(self._thresholds) + 1) + ranks

    def scores(self, entries: Entries, documents: int) -> Floats:
        """Return the raw scores of so many documents, shape ``(documents, classes)``."""
        highest = self._thresholds.searchsorted(entries.values) - 1  # of the thresholds that the value is above
        rows = self._keys.searchsorted(self._key(entries.columns, highest), side="right") - 1
        known = (self._columns[rows] == entries.columns).nonzero()[0]
        of_text = np.concatenate([np.arange(documents), entries.rows[known]])
        order = of_text.argsort(kind="stable")
        rows = np.concatenate([np.zeros(documents, dtype=np.int64), rows[known]])[order]
        starts = of_text[order].searchsorted(np.arange(documents + 1))
        cuts = range(0, documents, _AT_ONCE)
        return np.vstack([self._sums(rows, starts[cut : cut + _AT_ONCE + 1]) for cut in cuts])

    def _sums(self, rows: Ints, starts: Ints) -> Floats:
        """Return the scores of texts whose rows of leaves left over begin at ``starts``; its last is their end."""
        chosen = self._left_over.take(rows[starts[0] : starts[-1]], axis=0)
        left_over = np.bitwise_and.reduceat(chosen, starts[:-1] - starts[0]).view(self._type)
        return np.asarray(self._leaves.take(_lowest(left_over) + self._first_leaf) @ self._of_class)


def _lowest(bits: NDArray[Any]) -> Ints:
    """Return the place of the lowest bit set: the exponent of what it is worth."""
    return ((bits & -bits).astype(np.float32).view(np.int32) >> _EXPONENT) - _BIAS  # type: ignore[no-any-return]


def _read(tree: Node, number: int, leaves: Floats) -> Iterator[_Split]:
    """Yield the splits of a tree; write the values of its leaves, from left to right."""
    found = 0

    def walk(node: Node) -> Iterator[_Split]:
        nonlocal found
        if "leaf_value" in node:
            leaves[found] = node["leaf_value"]
            found += 1
            return
        plain = (node["decision_type"], node["missing_type"]) == ("<=", "None") and node["threshold"] >= 0
        if not plain:
            raise Unknown("a split by category, by missing values, or of values below 0")
        first = found
        yield from walk(node["left_child"])
        yield _Split(node["split_feature"], node["threshold"], number, (1 << found) - (1 << first))
        yield from walk(node["right_child"])

    return walk(tree["tree_structure"])
