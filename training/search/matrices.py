"""Feature matrices of blocks, fold by fold, kept so that trials which read the same blocks do not count again."""

import json
from collections import OrderedDict
from dataclasses import dataclass, field

from scipy.sparse import csr_matrix, hstack
from sklearn.base import clone

from features.document import Document
from features.model import BLOCKS
from training.candidates import Candidate, block_params
from training.scored import IntArray

LIMIT_BYTES = 800_000_000

Pair = tuple[csr_matrix, csr_matrix]


@dataclass
class Matrices:
    """Columns of any blocks for the fitting and the held-out side of each fold.

    Attributes:
        documents: the texts.
        folds: rows to fit on and rows held out, for each fold.
    """

    documents: list[Document]
    folds: list[tuple[IntArray, IntArray]]
    _kept: OrderedDict[tuple[str, str, int], Pair] = field(default_factory=OrderedDict)

    def columns(self, candidate: Candidate, fold: int) -> Pair:
        """All blocks of a candidate side by side; blocks are fitted on the fitting side alone."""
        sides = [self._block(name, candidate, fold) for name in candidate.blocks]
        fitting, held_out = (hstack([pair[side] for pair in sides], format="csr") for side in (0, 1))
        return fitting, held_out

    def _block(self, name: str, candidate: Candidate, fold: int) -> Pair:
        params = block_params(candidate, name)
        key = (name, json.dumps(params, sort_keys=True), fold)
        if key not in self._kept:
            self._kept[key] = self._fit(name, params, fold)
            while len(self._kept) > 1 and sum(map(_bytes, self._kept.values())) > LIMIT_BYTES:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]

    def _fit(self, name: str, params: dict[str, object], fold: int) -> Pair:
        block = clone(BLOCKS[name]).set_params(**params)
        fitting, held_out = ([self.documents[row] for row in rows] for rows in self.folds[fold])
        return csr_matrix(block.fit_transform(fitting)), csr_matrix(block.transform(held_out))


def _bytes(pair: Pair) -> int:
    return sum(part.nbytes for side in pair for part in (side.data, side.indices, side.indptr))
