"""Counts of terms weighed by tf-idf, each text's to length 1."""

from typing import Any

import numpy as np

from features.compiled.entries import Entries, Ints, Unknown, count


class TfIdf:
    """The weighing of a fitted ``TfidfVectorizer``.

    Raises:
        Unknown: its norm is not ``l2``, it has no idf, or it only notes whether a term is there.
    """

    def __init__(self, vectorizer: Any) -> None:
        if vectorizer.norm != "l2" or not vectorizer.use_idf or vectorizer.binary:
            raise Unknown(f"{type(vectorizer).__name__} weighs its terms in another way than tf-idf with norm l2")
        self._idf = np.asarray(vectorizer.idf_, dtype=np.float64)
        self._sublinear = bool(vectorizer.sublinear_tf)
        self.width = len(self._idf)

    def weigh(self, rows: Ints, columns: Ints, documents: int) -> Entries:
        """Return the weighed terms of so many documents from the cell of each occurrence."""
        found = count(rows, columns, self.width)
        frequencies = np.log(found.values) + 1.0 if self._sublinear else found.values
        weights = frequencies * self._idf[found.columns]
        lengths = np.sqrt(np.bincount(found.rows, weights * weights, minlength=documents))
        return Entries(found.rows, found.columns, weights / lengths[found.rows])
