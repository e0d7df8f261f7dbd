"""The first step of every model: raw texts in, documents out."""

from typing import Any, Self

from sklearn.base import BaseEstimator, TransformerMixin

from features.document import Document, analyse

TEXT_COLUMN = "text"


class DocumentReader(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Reads texts into documents, one for each row.

    Takes a sequence or Series of strings, or a DataFrame with a ``text`` column.
    """

    def fit(self, texts: Any, y: Any = None) -> Self:  # noqa: ARG002
        """Learn nothing."""
        self.fitted_ = True
        return self

    def transform(self, texts: Any) -> list[Document]:
        """Return one document for each text.

        Raises:
            ValueError: a table without a ``text`` column.
            TypeError: a row that is no string, or one string where several are wanted.
        """
        return [_read(row, text) for row, text in enumerate(_column(texts))]


def _column(texts: Any) -> list[Any]:
    if isinstance(texts, str):
        raise TypeError("a sequence of texts is wanted, not a single string")
    if hasattr(texts, "columns"):
        if TEXT_COLUMN not in texts.columns:
            raise ValueError(f"the table has no column {TEXT_COLUMN!r}; it has {sorted(map(str, texts.columns))}")
        texts = texts[TEXT_COLUMN]
    return list(texts.ravel() if hasattr(texts, "ravel") else texts)


def _read(row: int, text: Any) -> Document:
    if not isinstance(text, str):
        raise TypeError(f"row {row}: a text is wanted, not {type(text).__name__}")
    return analyse(text)
