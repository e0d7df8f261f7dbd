"""Claim frames as columns: which side gives to which, under which signals, and where in the text."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, TransformerMixin

from features.document import Document, Sentence
from features.frames import ACTS, GOODS, SIDES, SIGNALS, Frame, frames

PAIRS = (
    "china>russia", "china>?", "?>russia", "china>ukraine", "china>other", "russia>china", "russia>other",
    "other>russia", "other>ukraine", "other",
)  # fmt: skip
_POLARITY = frozenset({"negation", "denial", "no_evidence", "refusal", "cutting_off", "silence"})
_SCENES = ("both_sides", "china_only", "russia_only")


class FrameFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Counts of claim frames by pair of sides and signal, and of signals by the sides named beside them.

    ``transform`` gives a sparse matrix of shape ``(documents, columns)`` with values ``log(1 + count)``.
    """

    def fit(self, documents: Sequence[Document], y: Any = None) -> Self:  # noqa: ARG002
        """Fix the order of the columns."""
        self.columns_ = list(_all_columns())
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


def pair_of(frame: Frame) -> str:
    """Return the pair of sides of a frame, one of ``PAIRS``."""
    return _pair(frame.giver, frame.receiver)


@cache
def _pair(giver: str | None, receiver: str | None) -> str:
    if giver == receiver:
        return "other"
    name = f"{_party(giver, 'giver')}>{_party(receiver, 'receiver')}"
    return name if name in PAIRS else "other"


def _party(side: str | None, role: str) -> str:
    if side in {"china", "russia"} or (side == "ukraine" and role == "receiver"):
        return str(side)
    return "?" if side is None else "other"


def _all_columns() -> Iterator[str]:
    for pair in PAIRS:
        yield from (f"{pair}|{part}" for part in ("any", "lead", "last", "bare", "negated", "twice_negated"))
        yield from (f"{pair}|{kind}" for kind in (*(f"act:{a}" for a in (*ACTS, "goods")), *(f"of:{g}" for g in GOODS)))
        yield from (f"{pair}|{when}:{signal}" for when in ("under", "then") for signal in SIGNALS)
    yield from (f"{scene}|{signal}" for scene in _SCENES for signal in (*SIGNALS, *ACTS, *GOODS, "any", "frameless"))
    yield from (f"sides|{side}" for side in SIDES)


def names(document: Document) -> list[str]:
    """Return the column of everything found in a document, once for each time."""
    return [name for sentence in document.sentences for name in names_inside(sentence)] + names_by_place(document)


def names_inside(sentence: Sentence) -> list[str]:
    """Return the columns that a sentence fills wherever it stands, once for each time."""
    return _read(sentence).inside


def names_by_place(document: Document) -> list[str]:
    """Return the columns that depend on what stands first or last in a document, or anywhere in it."""
    sentences = document.sentences
    if not sentences:
        return []
    read = [_read(sentence) for sentence in sentences]
    found = [f"{pair}|lead" for pair in read[0].pairs]
    if len(read) > 1:
        found += [f"{pair}|last" for pair in read[-1].pairs]
    return found + [f"sides|{side}" for side in frozenset().union(*(one.sides for one in read))]


class _Read(NamedTuple):
    """The columns that a sentence fills wherever it stands, the pairs of its frames, and the sides it names."""

    inside: list[str]
    pairs: list[str]
    sides: frozenset[str]


def _read(sentence: Sentence) -> _Read:
    if "frames" not in sentence.notes:
        found = frames(sentence)
        pairs = [pair_of(frame) for frame in found]
        inside = [name for pair, frame in zip(pairs, found, strict=True) for name in _frame_names(pair, frame)]
        tags = frozenset([hit.tag for hit in sentence.hits])
        inside.extend(_scene_names(tags, framed="china>russia" in pairs))
        sentence.notes["frames"] = _Read(inside, pairs, tags & _SIDES)
    read: _Read = sentence.notes["frames"]
    return read


def _frame_names(pair: str, frame: Frame) -> Iterator[str]:
    polarity = len(frame.signals & _POLARITY)
    yield f"{pair}|any"
    yield f"{pair}|{('bare', 'negated', 'twice_negated')[min(polarity, 2)]}"
    yield f"{pair}|act:{frame.act}"
    if frame.goods:
        yield f"{pair}|of:{frame.goods}"
    yield from map(_UNDER[pair].__getitem__, frame.signals)
    yield from map(_THEN[pair].__getitem__, frame.after)


def _scene_names(tags: frozenset[str], *, framed: bool) -> Iterator[str]:
    china, russia = "china" in tags, "russia" in tags
    if not (china or russia):
        return
    scene = "both_sides" if china and russia else "china_only" if china else "russia_only"
    yield f"{scene}|any"
    if not framed:
        yield f"{scene}|frameless"
    yield from map(_IN_SCENE[scene].__getitem__, tags & _SCENE_TAGS)


_SCENE_TAGS = frozenset((*SIGNALS, *ACTS, *GOODS))
_SIDES = frozenset(SIDES)
_UNDER = {pair: {signal: f"{pair}|under:{signal}" for signal in SIGNALS} for pair in PAIRS}
_THEN = {pair: {signal: f"{pair}|then:{signal}" for signal in SIGNALS} for pair in PAIRS}
_IN_SCENE = {scene: {tag: f"{scene}|{tag}" for tag in _SCENE_TAGS} for scene in _SCENES}
