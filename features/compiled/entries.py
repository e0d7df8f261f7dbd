"""What a block makes of documents: the filled cells of its matrix, and nothing else."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Unknown(Exception):  # noqa: N818 - not an error: the part stays on scikit-learn's path
    """A part that cannot be compiled; the message says why."""


class Entries(NamedTuple):
    """Filled cells of a matrix in order of their rows, each cell once: three arrays of the same length."""

    rows: Ints
    columns: Ints
    values: Floats


def count(rows: Ints, columns: Ints, width: int) -> Entries:
    """Return how often each cell is named, in order of rows and columns; ``width`` is the number of columns."""
    keys = rows * width + columns
    keys.sort()
    is_new = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=is_new[1:])
    starts = is_new.nonzero()[0]
    ends = np.empty(len(starts), dtype=np.float64)
    ends[:-1] = starts[1:]
    ends[-1:] = len(keys)
    cells = keys[starts]
    found = cells // width
    return Entries(found, cells - found * width, ends - starts)
