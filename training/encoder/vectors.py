"""Documents as the encoder sees them: the text, and the sentence that says most plainly what China gives Russia."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

from features.claims import CLAIMS, PLAINNESS, claims
from features.document import Document, Sentence
from training.encoder.encoder import Encoder, Vectors

_CLAIMS_NOTHING = (len(CLAIMS), len(PLAINNESS))


class Memory:
    """Vectors of the texts that have been encoded, by the digest of the text; no text is kept.

    Args:
        encoder: encodes what is not yet known.
        folder: where the vectors are kept from run to run, in a file of this encoder's.
    """

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self.encoder = encoder
        self.file = folder / f"vectors-{encoder.digest[:16]}.npz"
        self._known: dict[bytes, Vectors] = {}
        if self.file.is_file():
            with np.load(self.file) as kept:
                self._known = {key.tobytes(): vector for key, vector in zip(kept["keys"], kept["vectors"], strict=True)}

    def __sklearn_clone__(self) -> Self:
        """One memory serves all clones of what reads it."""
        return self

    def unknown(self, texts: Iterable[str]) -> list[str]:
        """Return the texts that have no vector yet, each once."""
        return [text for key, text in {_key(text): text for text in texts}.items() if key not in self._known]

    def learn(self, texts: Sequence[str], on_done: Callable[[str], None]) -> None:
        """Encode texts and keep their vectors; ``on_done`` is called after each."""
        if not texts:
            return
        for text in texts:
            self._known[_key(text)] = self.encoder.encode(text)
            on_done("")
        self.file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.file.with_name(f".new-{self.file.name}")
        keys = np.frombuffer(b"".join(self._known), dtype=np.uint8).reshape(len(self._known), -1)
        np.savez(fresh, keys=keys, vectors=np.stack(list(self._known.values())))
        fresh.replace(self.file)

    def vectors(self, texts: Iterable[str]) -> Vectors:
        """Return the vector of each text, shape (texts, size); what was not learned is encoded now."""
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> Vectors:
        key = _key(text)
        if key not in self._known:
            self._known[key] = self.encoder.encode(text)
        return self._known[key]


class EncodedClaims(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Documents to the vector of the text beside that of its claim: shape (documents, 2 * size)."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory

    def fit(self, documents: list[Document], y: Any = None) -> Self:  # noqa: ARG002
        """Learn nothing: the encoder is frozen."""
        self.fitted_ = True
        return self

    def transform(self, documents: list[Document]) -> Vectors:
        """Return the columns of each document."""
        return np.hstack([self.memory.vectors(map(read, documents)) for read in (whole, claim)])


def whole(document: Document) -> str:
    """Return the sentences of a document, as sent; of an excerpt, those of the excerpt."""
    return " ".join(document.text[sentence.start : sentence.end] for sentence in document.sentences)


def claim(document: Document) -> str:
    """Return the sentence of the plainest claim, as sent, or else the first; nothing where there is none."""
    if not document.sentences:
        return ""
    plainest = min(document.sentences, key=_plainness)
    return document.text[plainest.start : plainest.end]


def _plainness(sentence: Sentence) -> tuple[int, int]:
    said = claims(sentence)
    if said.plainest is None:
        return _CLAIMS_NOTHING
    return CLAIMS.index(said.pairs[said.frames.index(said.plainest)]), PLAINNESS.index(said.plainest.act)


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
