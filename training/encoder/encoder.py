"""A text to a unit vector: the mean of what an encoder makes of its tokens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Tokens = NDArray[np.int64]


@dataclass(frozen=True)
class Encoder:
    """Encodes one text at a time, so that neither padding nor a mask is needed.

    An int8 model scales its activations by the largest of a batch: in one, the vector of a text would depend on its
    neighbours.

    Attributes:
        tokenise: a text to the ids of its tokens, never none.
        run: ids of shape (1, tokens) to states of shape (1, tokens, size).
        digest: sha256 of the model, by which vectors can be kept.
        megabytes: size of its files.
    """

    tokenise: Callable[[str], Sequence[int]]
    run: Callable[[Tokens], Vectors]
    digest: str
    megabytes: float

    def encode(self, text: str) -> Vectors:
        """Return the mean of the states of a text's tokens, scaled to length 1: shape (size,)."""
        states = self.run(np.array([self.tokenise(text)], dtype=np.int64))[0]
        mean = states.mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)
