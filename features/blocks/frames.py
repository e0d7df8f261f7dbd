"""Claim frames as columns: which side gives to which, under which signals, and where in the text."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, TransformerMixin

from features.claims import CLAIMS, PAIRS, PLAINNESS, Claims, claims
from features.document import Document, Sentence
from features.frames import Frame
from features.polarity import Polarity
from features.scene import ACTS, GOODS, SIDES, SIGNALS

_POLARITY = frozenset({"negation", "denial", "no_evidence", "refusal", "cutting_off", "silence"})
_REFUSING = frozenset({"negation", "refusal", "silence", "cutting_off", "denial"})
_SHORT = 14  # words and marks of a sentence that says little else
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


def _all_columns() -> Iterator[str]:
    for pair in PAIRS:
        yield from (f"{pair}|{part}" for part in ("any", "lead", "last", "bare", "negated", "twice_negated"))
        yield from (f"{pair}|{where}{said}" for where in ("", "lead:", "last:") for said in Polarity)
        yield from (f"{pair}|act:{act}" for act in PLAINNESS)
        yield from (f"{pair}|of:{kind}" for kind in GOODS)
        yield from (f"{pair}|{when}:{signal}" for when in ("under", "then") for signal in SIGNALS)
    yield from (f"claim|{part}:{said}" for part in (*PLAINNESS, "any", "sole", "only", "short") for said in Polarity)
    yield from (f"{scene}|{signal}" for scene in _SCENES for signal in (*SIGNALS, *ACTS, *GOODS, "any", "frameless"))
    yield from (f"sides|{side}" for side in SIDES)
    yield from ("answer|granted", "answer|refused", "claim|gainsaid", "claim|repeated")


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
    found = [name for frame in read[0].framed for name in _at("lead", *frame)]
    if len(read) > 1:
        found += [name for frame in read[-1].framed for name in _at("last", *frame)]
    found += [answer for before, after in pairwise(read) for answer in _answered(before, after)]
    return found + [f"sides|{side}" for side in frozenset().union(*(one.sides for one in read))]


class _Read(NamedTuple):
    """What a sentence gives: columns that it fills wherever it stands, what its frames say, and the sides it names.

    ``claims`` is what its plainest claim of China giving to Russia says, if it makes one; ``asks`` whether it leaves
    one open; ``granted`` and ``refused`` whether it could answer the sentence before.
    """

    inside: list[str]
    framed: list[tuple[str, Polarity]]
    sides: frozenset[str]
    claims: Polarity | None
    asks: bool
    granted: bool
    refused: bool


def _read(sentence: Sentence) -> _Read:
    if "frames" not in sentence.notes:
        said = claims(sentence)
        framed = list(zip(said.pairs, said.frames, strict=True))
        inside = [name for pair, frame in framed for name in _frame_names(pair, frame)]
        inside += _claim_names(said, short=len(sentence.words) <= _SHORT)
        tags = frozenset([hit.tag for hit in sentence.hits])
        inside.extend(_scene_names(tags, framed="china>russia" in said.pairs))
        polarities = [(pair, frame.polarity) for pair, frame in framed]
        claimed = said.plainest.polarity if said.plainest else None
        asks = any(frame.polarity is Polarity.OPEN for frame in said.frames)
        granted, refused = "granting" in tags, not _REFUSING.isdisjoint(tags)
        sentence.notes["frames"] = _Read(inside, polarities, tags & _SIDES, claimed, asks, granted, refused)
    read: _Read = sentence.notes["frames"]
    return read


def _frame_names(pair: str, frame: Frame) -> Iterator[str]:
    yield f"{pair}|any"
    yield f"{pair}|{('bare', 'negated', 'twice_negated')[min(len(frame.signals & _POLARITY), 2)]}"
    yield f"{pair}|{frame.polarity}"
    yield f"{pair}|act:{frame.act}"
    if frame.goods:
        yield f"{pair}|of:{frame.goods}"
    yield from map(_UNDER[pair].__getitem__, frame.signals)
    yield from map(_THEN[pair].__getitem__, frame.after)


def _claim_names(said: Claims, *, short: bool) -> Iterator[str]:
    """The frame that says most plainly what China gives Russia, and whether it stands alone."""
    if said.plainest is None:
        return
    polarity = said.plainest.polarity
    yield f"claim|{said.plainest.act}:{polarity}"
    yield f"claim|any:{polarity}"
    if sum(pair in CLAIMS for pair in said.pairs) == 1:
        yield f"claim|sole:{polarity}"
    if len(said.frames) == 1:
        yield f"claim|only:{polarity}"
    if short:
        yield f"claim|short:{polarity}"


@cache
def _at(where: str, pair: str, polarity: Polarity) -> tuple[str, str]:
    return f"{pair}|{where}", f"{pair}|{where}:{polarity}"


def _answered(before: _Read, after: _Read) -> Iterator[str]:
    """How a sentence takes up what the one before it asks or claims: "… asked for shells. It got none."."""
    if before.asks and after.granted:
        yield "answer|granted"
    if before.asks and after.refused:
        yield "answer|refused"
    if before.claims is Polarity.ASSERTED and after.refused and after.claims is not Polarity.ASSERTED:
        yield "claim|gainsaid"
    if before.claims is Polarity.DENIED and after.claims is Polarity.ASSERTED:
        yield "claim|repeated"


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
