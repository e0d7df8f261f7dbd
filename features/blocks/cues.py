"""Counts of lexicon tags: in the whole text, in its first sentence, and side by side within a sentence."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from features.document import Document
from features.lexicon import lexicon


class CueCounts(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """How often each lexicon tag is met, ``log(1 + count)``, and whether it stands in the first sentence.

    ``transform`` gives an array of shape ``(documents, 2 * tags)``.
    """

    def fit(self, documents: Sequence[Document], y: Any = None) -> Self:  # noqa: ARG002
        """Fix the order of the tags."""
        self.tags_ = list(lexicon())
        return self

    def transform(self, documents: Sequence[Document]) -> NDArray[np.float64]:
        """Return the counts, shape ``(documents, 2 * tags)``."""
        column = {tag: place for place, tag in enumerate(self.tags_)}
        counts = np.zeros((len(documents), 2 * len(column)))
        for row, document in zip(counts, documents, strict=True):
            for number, sentence in enumerate(document.sentences):
                for hit in sentence.hits:
                    row[column[hit.tag]] += 1
                    if number == 0:
                        row[len(column) + column[hit.tag]] = 1
        counts[:, : len(column)] = np.log1p(counts[:, : len(column)])
        return counts

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:  # noqa: ARG002
        """Return the columns' names."""
        names = [f"count:{tag}" for tag in self.tags_] + [f"lead:{tag}" for tag in self.tags_]
        return np.array(names, dtype=object)
