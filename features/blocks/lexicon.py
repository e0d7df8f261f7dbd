"""Counts of the tags of a lexicon of one's own: a folder of YAML files, for another claim than the project's."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from features.blocks.tweets import hashtag_words
from features.document import Document
from features.lexicon import Form, read_lexicon
from features.lexicon.patterns import ANY_WORD


class LexiconTags(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """How often entries of each tag are met: ``weight * log(1 + count)``, hashtags read word by word too.

    ``transform`` gives an array of shape ``(documents, tags)``. The entries are read when the block is fitted
    and kept with it: a saved model needs no folder.

    Args:
        folder: YAML files as ``features.lexicon`` describes them.
        weight: what a count is multiplied by, so that few dense columns do not drown thousands of n-grams.
    """

    def __init__(self, folder: str = "", weight: float = 0.2) -> None:
        self.folder = folder
        self.weight = weight

    def fit(self, documents: Sequence[Document], y: Any = None) -> Self:  # noqa: ARG002
        """Read the entries.

        Raises:
            ValueError: no folder, or one without tags.
        """
        tags = read_lexicon(Path(self.folder)) if self.folder else {}
        if not tags:
            raise ValueError(f"the block lexicon needs a folder of YAML files with tags, not {self.folder!r}")
        self.tags_ = list(tags)
        self.forms_ = ["\n".join(sorted(" ".join(form) for form in forms)) for forms in tags.values()]
        return self

    def transform(self, documents: Sequence[Document]) -> NDArray[np.float64]:
        """Return the weighed counts, shape ``(documents, tags)``."""
        columns = self._columns()
        masks = sorted({tuple(word == ANY_WORD for word in form) for form in columns})
        counts = np.zeros((len(documents), len(self.tags_)))
        for row, document in zip(counts, documents, strict=True):
            for words in (*(sentence.words for sentence in document.sentences), hashtag_words(document)):
                for column in _met(words, columns, masks):
                    row[column] += 1
        return self.weight * np.log1p(counts)

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:  # noqa: ARG002
        """Return the columns' names."""
        return np.array([f"tag:{tag}" for tag in self.tags_], dtype=object)

    def _columns(self) -> Mapping[Form, list[int]]:
        columns: dict[Form, list[int]] = defaultdict(list)
        for column, forms in enumerate(self.forms_):
            for form in forms.split("\n"):
                columns[tuple(form.split(" "))].append(column)
        return columns


def _met(words: Sequence[str], columns: Mapping[Form, list[int]], masks: Sequence[tuple[bool, ...]]) -> Iterator[int]:
    """Yield the column of every entry met; a mask says which of an entry's words may be any word."""
    for mask in masks:
        for first in range(len(words) - len(mask) + 1):
            window = words[first : first + len(mask)]
            form = tuple(ANY_WORD if free else word for free, word in zip(mask, window, strict=True))
            yield from columns.get(form, ())
