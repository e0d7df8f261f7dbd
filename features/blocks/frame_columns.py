"""Columns of claim frames: which side gives to which, under which signals, and where in the text."""

from collections.abc import Iterator

from features.claims import CLAIMS, PAIRS, PLAINNESS, Claims, claims
from features.document import Document, Sentence
from features.frames import Frame
from features.polarity import Polarity
from features.scene import ACTS, GOODS, SIDES, SIGNALS

_POLARITY = frozenset({"negation", "denial", "no_evidence", "refusal", "cutting_off", "silence"})
_NEGATED = ("bare", "negated", "twice_negated")
_REFUSING = frozenset({"negation", "refusal", "silence", "cutting_off", "denial"})
_SHORT = 14  # words and marks of a sentence that says little else
_SCENES = ("both_sides", "china_only", "russia_only")


def all_columns() -> Iterator[str]:
    """Yield the name of every column, in order."""
    for pair in PAIRS:
        yield from (f"{pair}|{part}" for part in ("any", "lead", "last", *_NEGATED))
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
    sides: set[str] = set()
    for place, one in enumerate(read):
        if place:
            _add_answer(found, read[place - 1], one)
        sides.update(one.sides)
    return found + [f"sides|{side}" for side in sides]


class _Read:
    """What a sentence gives: columns that it fills wherever it stands, what its frames say, and the sides it names.

    ``claims`` is what its plainest claim of China giving to Russia says, if it makes one; ``asks`` whether it leaves
    a giving open; ``granted`` and ``refused`` whether it could answer the sentence before.
    """

    def __init__(self, sentence: Sentence) -> None:
        said = claims(sentence)
        tags = frozenset([hit.tag for hit in sentence.hits])
        self.inside: list[str] = []
        self.framed: list[tuple[str, Polarity]] = []
        for place, frame in enumerate(said.frames):
            self.framed.append((said.pairs[place], frame.polarity))
            _add_frame(self.inside, said.pairs[place], frame)
        _add_claim(self.inside, said, short=len(sentence.words) <= _SHORT)
        _add_scene(self.inside, tags, framed="china>russia" in said.pairs)
        self.sides = tags & _SIDES
        self.claims = said.plainest.polarity if said.plainest is not None else None
        self.asks = any(frame.polarity is Polarity.OPEN for frame in said.frames)
        self.granted = "granting" in tags
        self.refused = not _REFUSING.isdisjoint(tags)


def _read(sentence: Sentence) -> _Read:
    if "frames" not in sentence.notes:
        sentence.notes["frames"] = _Read(sentence)
    read: _Read = sentence.notes["frames"]
    return read


def _add_answer(found: list[str], before: _Read, after: _Read) -> None:
    """How a sentence takes up what the one before it asks or claims: "… asked for shells. It got none."."""
    if before.asks and after.granted:
        found.append("answer|granted")
    if before.asks and after.refused:
        found.append("answer|refused")
    if before.claims is Polarity.ASSERTED and after.refused and after.claims is not Polarity.ASSERTED:
        found.append("claim|gainsaid")
    if before.claims is Polarity.DENIED and after.claims is Polarity.ASSERTED:
        found.append("claim|repeated")


def _add_frame(found: list[str], pair: str, frame: Frame) -> None:
    negations = len(frame.signals & _POLARITY)
    found.append(f"{pair}|any")
    found.append(f"{pair}|{_NEGATED[min(negations, 2)]}")
    found.append(f"{pair}|{frame.polarity}")
    found.append(f"{pair}|act:{frame.act}")
    if frame.goods:
        found.append(f"{pair}|of:{frame.goods}")
    found.extend([f"{pair}|under:{signal}" for signal in frame.signals])
    found.extend([f"{pair}|then:{signal}" for signal in frame.after])


def _add_claim(found: list[str], said: Claims, *, short: bool) -> None:
    """The frame that says most plainly what China gives Russia, and whether it stands alone."""
    plainest = said.plainest
    if plainest is None:
        return
    polarity = plainest.polarity
    found.append(f"claim|{plainest.act}:{polarity}")
    found.append(f"claim|any:{polarity}")
    if sum([pair in CLAIMS for pair in said.pairs]) == 1:
        found.append(f"claim|sole:{polarity}")
    if len(said.frames) == 1:
        found.append(f"claim|only:{polarity}")
    if short:
        found.append(f"claim|short:{polarity}")


def _add_scene(found: list[str], tags: frozenset[str], *, framed: bool) -> None:
    china, russia = "china" in tags, "russia" in tags
    if not (china or russia):
        return
    scene = "both_sides" if china and russia else "china_only" if china else "russia_only"
    found.append(f"{scene}|any")
    if not framed:
        found.append(f"{scene}|frameless")
    found.extend([f"{scene}|{tag}" for tag in tags & _SCENE_TAGS])


def _at(where: str, pair: str, polarity: Polarity) -> tuple[str, str]:
    return f"{pair}|{where}", f"{pair}|{where}:{polarity}"


_SCENE_TAGS = frozenset((*SIGNALS, *ACTS, *GOODS))
_SIDES = frozenset(SIDES)
