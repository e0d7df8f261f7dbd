"""What kind of text it is: its length, how many sides it names, and how much of it is about the claim's sides."""

from collections.abc import Sequence
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from features.document import Document
from features.scene import SIDES

COLUMNS: Final = (
    "log words",
    "log sentences",
    "sides named",
    "names both",
    "share naming both",
    "share naming neither",
    "share of questions",
    "first naming both",
)


class TextShape(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Features of the document as a whole, an array of shape ``(documents, 8)``; see ``COLUMNS``.

    ``first naming both`` is the place, from 0 to 1, of the first sentence that names China and Russia or Ukraine; 1
    where none does.
    """

    def fit(self, documents: Sequence[Document], y: Any = None) -> Self:  # noqa: ARG002
        """Learn nothing."""
        self.fitted_ = True
        return self

    def transform(self, documents: Sequence[Document]) -> NDArray[np.float64]:
        """Return the features, shape ``(documents, 8)``."""
        return np.array([shape_of(document) for document in documents], dtype=np.float64).reshape(-1, len(COLUMNS))

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:  # noqa: ARG002
        """Return the columns' names."""
        return np.array(COLUMNS, dtype=object)


def shape_of(document: Document) -> tuple[float, ...]:
    """Return the features of one document, in the order of ``COLUMNS``."""
    number = max(1, len(document.sentences))
    named = [{hit.tag for hit in sentence.hits}.intersection(SIDES) for sentence in document.sentences]
    everywhere: set[str] = set().union(*named)
    both = [_both(sides) for sides in named]
    return (
        float(np.log1p(sum(len(sentence.words) for sentence in document.sentences))),
        float(np.log1p(len(document.sentences))),
        float(len(everywhere)),
        float(_both(everywhere)),
        sum(both) / number,
        sum("china" not in sides and "russia" not in sides for sides in named) / number,
        sum(sentence.words[-1:] == ("?",) for sentence in document.sentences) / number,
        both.index(True) / number if True in both else 1.0,
    )


def _both(sides: set[str]) -> bool:
    return "china" in sides and ("russia" in sides or "ukraine" in sides)
