"""Claim frames as columns: counted in each document, whatever they are read from."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, TransformerMixin

from features.blocks.frame_columns import all_columns, names
from features.document import Document


class FrameFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Counts of claim frames by pair of sides and signal, and of signals by the sides named beside them.

    ``transform`` gives a sparse matrix of shape ``(documents, columns)`` with values ``log(1 + count)``.
    """

    def fit(self, documents: Sequence[Document], y: Any = None) -> Self:  # noqa: ARG002
        """Fix the order of the columns."""
        self.columns_ = list(all_columns())
        return self

    def transform(self, documents: Sequence[Document]) -> csr_matrix:
        """Return the columns, shape ``(documents, columns)``."""
        place = {name: number for number, name in enumerate(self.columns_)}
        indices: list[int] = []
        values: list[float] = []
        bounds = [0]
        for document in documents:
            counts = Counter(place[name] for name in names(document))
            indices.extend(counts)
            values.extend(counts.values())
            bounds.append(len(indices))
        return csr_matrix((np.log1p(np.array(values, dtype=np.float64)), indices, bounds), (len(documents), len(place)))

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:  # noqa: ARG002
        """Return the columns' names."""
        return np.array(self.columns_, dtype=object)
