"""Claim frames: who gives what to whom, found in one pass over a sentence's lexicon hits.

A frame stands on an anchor: an act ("supplies", "support", "buys"), or goods beside a side's name ("Chinese
drones for Russia"). Its giver and receiver are found by rule from the actors around the anchor; its signals
are the cues that govern it: negation, denial, accusation, condition and so on. No parser: the rules follow
word order, prepositions and voice, as in headline and wire prose.
"""

from typing import NamedTuple

from features.document import Sentence
from features.matcher import Hit

SIDES = ("china", "russia", "ukraine", "west", "other_giver", "elsewhere")
ACTS = ("transfer", "help", "enabling", "evasion", "receiving", "imagery")
GOODS = ("arms", "dual_use", "money", "aid", "energy", "troops")
SIGNALS = (
    "negation", "denial", "no_evidence", "refusal", "cutting_off", "interest", "silence", "affirmation",
    "protest", "deflection", "accusation", "attribution", "evidence", "concern", "considering", "hedge",
    "condition", "warning", "urging", "stopping", "should", "request", "sanction", "moral_support",
    "contrast", "mockery",
)  # fmt: skip

_BREAKS = frozenset({";", "but", "while", "whereas", "although", "though", "after", "before", "because", "despite"})
_FROM = frozenset({"from"})
_BY = frozenset({"by"})
_HOLDING = frozenset({"in", "inside", "aboard", "on"})
_BOUND_FOR = frozenset({"to", "for", "in", "into", "inside", "reach", "reaching"})
_TARGETING = frozenset({"to", "for", "into", "with", "against"})
_REACH = 14  # words right of an anchor where its receiver may stand
_GOODS_REACH = 8  # words between an act and its goods
_OWNED_REACH = 3  # words between an owner and his goods
_ASKED_REACH = 2  # words between a request and whom it is put to


class Frame(NamedTuple):
    """One giving: sides (or ``None``), kind of act and goods, governing signals, and the tokens of its parts."""

    giver: str | None
    receiver: str | None
    act: str
    goods: str | None
    signals: frozenset[str]
    after: frozenset[str]
    anchor: Hit
    giver_hit: Hit | None
    receiver_hit: Hit | None


def frames(sentence: Sentence) -> list[Frame]:
    """Return the claim frames of a sentence, in the order of their anchors."""
    return _Reading(sentence).frames() if any(hit.tag in _SIDES for hit in sentence.hits) else []


class _Reading:
    """A sentence laid out for role finding: actors, anchors, goods, signals and the words between them."""

    def __init__(self, sentence: Sentence) -> None:
        self.words = sentence.words
        self.hits = sentence.hits
        broken = not _BREAKS.isdisjoint(self.words)
        self.breaks = [place for place, word in enumerate(self.words) if word in _BREAKS] if broken else []
        self.actors: list[Hit] = []
        self.acts: list[Hit] = []
        self.goods: list[Hit] = []
        self.signals: list[Hit] = []
        for hit in sentence.hits:
            tag = hit.tag
            if tag in _SIDES:
                _add_apart(self.actors, hit)
            elif tag in _ACTS:
                self._add_act(hit)
            elif tag in _GOODS:
                _add_apart(self.goods, hit)
            if tag in _SIGNALS:
                self.signals.append(hit)

    def _add_act(self, hit: Hit) -> None:
        noun = self.words[hit.first] == "arms" and not self._starts_actor(hit.last)
        if not noun:
            _add_apart(self.acts, hit)

    def _starts_actor(self, place: int) -> bool:
        return any(hit.tag in _SIDES and hit.first == place for hit in self.hits)

    def frames(self) -> list[Frame]:
        """Return the frames of the sentence."""
        anchors = sorted(self.acts + self._nominal_anchors(), key=lambda hit: hit.first)
        return [self._frame(anchor) for anchor in anchors]

    def _nominal_anchors(self) -> list[Hit]:
        """Goods that stand right after an actor or right before "for" or "to" an actor, and in no act."""
        return [hit for hit in self.goods if not self._in_act(hit) and (self._owned(hit) or self._addressed(hit))]

    def _in_act(self, hit: Hit) -> bool:
        return any(
            act.first < hit.last and hit.first - 4 <= act.last and act.first - 3 <= hit.first for act in self.acts
        )

    def _owned(self, hit: Hit) -> bool:
        return any(0 <= hit.first - actor.last <= _OWNED_REACH for actor in self.actors)

    def _addressed(self, hit: Hit) -> bool:
        following = self.words[hit.last : hit.last + 1]
        return following in (("for",), ("to",), ("in",)) and self._right(hit.last, 4) is not None

    def _frame(self, anchor: Hit) -> Frame:
        giver, receiver = self._roles(anchor)
        return Frame(
            giver=giver.tag if giver else None,
            receiver=receiver.tag if receiver else None,
            act="goods" if anchor.tag in _GOODS else anchor.tag,
            goods=self._goods_of(anchor),
            signals=frozenset([s.tag for s in self.signals if _governs(s, anchor)]),
            after=frozenset([s.tag for s in self.signals if s.first >= anchor.last]),
            anchor=anchor,
            giver_hit=giver,
            receiver_hit=receiver,
        )

    def _goods_of(self, anchor: Hit) -> str | None:
        distance, tag = min([(abs(hit.first - anchor.first), hit.tag) for hit in self.goods], default=(0, None))
        return tag if distance <= _GOODS_REACH else None

    def _roles(self, anchor: Hit) -> tuple[Hit | None, Hit | None]:
        """Return giver and receiver of the anchor, by its kind and voice."""
        left = self._left(anchor.first)
        if anchor.tag in _GOODS:
            return self._roles_of_goods(anchor, left)
        source = self._after_word(anchor.last, _FROM)
        agent = self._after_word(anchor.last, _BY)
        if anchor.tag == "receiving":
            holder = self._after_word(anchor.last, _HOLDING, 2)
            if holder is not None and holder is not left:
                return left, holder
            if agent is not None:
                return source or left, agent
            return source or self._right(anchor.last, _REACH, other_than=left), left
        target = self._target(anchor)
        giver = agent or source or left
        return giver, target if target not in (None, giver) or giver is left else left

    def _roles_of_goods(self, anchor: Hit, left: Hit | None) -> tuple[Hit | None, Hit | None]:
        """Goods have an owner on their left; a request's addressee is the giver, and the asker the receiver."""
        receiver = self._after_word(anchor.last, _BOUND_FOR)
        if receiver is None and left is not None and self._asked(left):
            receiver = self._left(left.first)
        return left, receiver

    def _asked(self, addressee: Hit) -> bool:
        return any(s.tag == "request" and 0 <= addressee.first - s.last <= _ASKED_REACH for s in self.signals)

    def _target(self, anchor: Hit) -> Hit | None:
        """The receiver right of the anchor: a direct object, else what follows "to" or "for", else the next actor."""
        first = self._right(anchor.last, _REACH)
        if first is None:
            return None
        adjective = any(hit.first == first.last for hit in self.goods)
        if first.first - anchor.last <= 1 and not adjective:
            return first
        return self._after_word(anchor.last, _TARGETING) or (None if adjective else first)

    def _left(self, place: int) -> Hit | None:
        for actor in reversed(self.actors):
            if actor.last <= place:
                return actor
        return None

    def _right(self, place: int, reach: int, other_than: Hit | None = None) -> Hit | None:
        end = self._break_after(place, reach)
        for actor in self.actors:
            if place <= actor.first < end and actor is not other_than:
                return actor
        return None

    def _break_after(self, place: int, reach: int) -> int:
        end = min(len(self.words), place + reach)
        for found in self.breaks:
            if place <= found < end:
                return found
        return end

    def _after_word(self, place: int, prepositions: frozenset[str], reach: int = _REACH) -> Hit | None:
        """The first actor right of ``place`` that one of the prepositions introduces."""
        end = self._break_after(place, reach)
        for actor in self.actors:
            first = actor.first
            if place <= first < end and not prepositions.isdisjoint(self.words[max(place, first - 3) : first]):
                return actor
        return None


def _add_apart(hits: list[Hit], hit: Hit) -> None:
    """Add a hit unless it overlaps the last one."""
    if not hits or hits[-1].last <= hit.first:
        hits.append(hit)


def _governs(signal: Hit, anchor: Hit) -> bool:
    """Whether a signal stands before the anchor, or is a "no" right after it ("sends no arms")."""
    if signal.tag == "negation" and signal.first > anchor.first:
        return signal.first <= anchor.last + 1
    return signal.first < anchor.last and signal.last <= anchor.last and signal.first != anchor.first


_SIDES = frozenset(SIDES)
_ACTS = frozenset(ACTS)
_GOODS = frozenset(GOODS)
_SIGNALS = frozenset(SIGNALS)
