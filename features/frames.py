"""Claim frames: who gives what to whom, found in one pass over a sentence's lexicon hits.

A frame stands on an anchor: an act ("supplies", "support", "buys"), or goods beside a side's name ("Chinese
drones for Russia"). Its giver and receiver are found by rule from the actors around the anchor; its signals
are the cues that govern it: negation, denial, accusation, condition and so on. No parser: the rules follow
word order, prepositions and voice, as in headline and wire prose.
"""

from typing import NamedTuple

from features.document import Sentence
from features.matcher import Hit
from features.polarity import Polarity, contrary, polarity
from features.roles import forsaken, is_noun, link, roles
from features.scene import FORCES, GOODS, SIDES, Scene

_GOODS_REACH = 8  # words between an act and its goods
_OWNED_REACH = 3  # words between an owner and his goods
_HELPED_REACH = 4  # words between help and what it is for
_ADDRESSED = (("for",), ("to",), ("in",))


class Frame(NamedTuple):
    """One giving: sides (or ``None``), kind of act and goods, governing signals, and the tokens of its parts."""

    giver: str | None
    receiver: str | None
    act: str
    goods: str | None
    signals: frozenset[str]
    after: frozenset[str]
    polarity: Polarity
    anchor: Hit
    giver_hit: Hit | None
    receiver_hit: Hit | None


def frames(sentence: Sentence) -> list[Frame]:
    """Return the claim frames of a sentence, in the order of their anchors; last one that stands on no known act."""
    if not any(hit.tag in _SIDES for hit in sentence.hits):
        return []
    scene = Scene(sentence)
    acts = [act for act in scene.acts if not _complements(scene, act)]
    anchors = sorted(acts + _nominal_anchors(scene), key=lambda hit: hit.first)
    found = [_frame(scene, anchor, *roles(scene, anchor)) for anchor in anchors]
    if any({frame.giver, frame.receiver} == _BOTH for frame in found):
        return found
    if (linked := link(scene)) is not None:
        joint = max(hit.first for hit in linked if hit)
        return [*found, _frame(scene, Hit("link", joint - 1, joint), *linked)]
    if (left := forsaken(scene)) is not None:
        giver, receiver = left
        return [*found, _frame(scene, Hit("link", receiver.first, receiver.last), giver, receiver)]
    return found


def _nominal_anchors(scene: Scene) -> list[Hit]:
    """Goods that stand right after an actor or right before "for" or "to" an actor, and in no act."""
    return [
        hit
        for hit in scene.goods
        if scene.words[hit.last - 1] not in FORCES
        and not _in_act(scene, hit)
        and (_owned(scene, hit) or _addressed(scene, hit))
    ]


def _complements(scene: Scene, act: Hit) -> bool:
    """Whether an act is what another helps with: "helps Russia evade sanctions" is one giving, not two."""
    if act.tag != "evasion":
        return False
    return any(hit.tag == "help" and 0 < act.first - hit.last <= _HELPED_REACH for hit in scene.acts)


def _in_act(scene: Scene, hit: Hit) -> bool:
    return any(act.first < hit.last and hit.first - 4 <= act.last and act.first - 3 <= hit.first for act in scene.acts)


def _owned(scene: Scene, hit: Hit) -> bool:
    return any(0 <= hit.first - actor.last <= _OWNED_REACH for actor in scene.actors)


def _addressed(scene: Scene, hit: Hit) -> bool:
    return scene.words[hit.last : hit.last + 1] in _ADDRESSED and scene.right(hit.last, 4) is not None


def _frame(scene: Scene, anchor: Hit, giver: Hit | None, receiver: Hit | None) -> Frame:
    end = max(hit.last for hit in (anchor, giver or anchor, receiver or anchor))
    nominal = anchor.tag in _GOODS or anchor.tag == "link" or is_noun(scene, anchor)
    signals = scene.signals
    if contrary(anchor, scene.operators, scene.words):  # then nothing is left open
        signals = [signal for signal in signals if signal.tag not in _SUPPOSING]
    return Frame(
        giver=giver.tag if giver else None,
        receiver=receiver.tag if receiver else None,
        act="goods" if anchor.tag in _GOODS else anchor.tag,
        goods=_goods_of(scene, anchor),
        signals=frozenset([signal.tag for signal in signals if _governs(signal, anchor)]),
        after=frozenset([signal.tag for signal in signals if signal.first >= anchor.last]),
        polarity=polarity(anchor, end, scene.operators, scene.words, scene.breaks, nominal=nominal),
        anchor=anchor,
        giver_hit=giver,
        receiver_hit=receiver,
    )


def _goods_of(scene: Scene, anchor: Hit) -> str | None:
    near = [(abs(hit.first - anchor.first), hit.tag) for hit in scene.goods if hit == anchor or _apart(hit, anchor)]
    distance, tag = min(near, default=(0, None))
    return tag if distance <= _GOODS_REACH else None


def _apart(one: Hit, other: Hit) -> bool:
    return one.last <= other.first or other.last <= one.first


def _governs(signal: Hit, anchor: Hit) -> bool:
    """Whether a signal stands before the anchor, or is a "no" right after it ("sends no arms")."""
    if signal.tag == "negation" and signal.first > anchor.first:
        return signal.first <= anchor.last + 1
    return signal.first < anchor.last and signal.last <= anchor.last and signal.first != anchor.first


_SIDES = frozenset(SIDES)
_GOODS = frozenset(GOODS)
_BOTH = {"china", "russia"}
_SUPPOSING = frozenset({"supposition", "condition"})
