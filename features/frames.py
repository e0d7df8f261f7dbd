"""Claim frames: who gives what to whom, found in one pass over a sentence's lexicon hits.

A frame stands on an anchor: an act ("supplies", "support", "buys"), or goods beside a side's name ("Chinese
drones for Russia"). Its giver and receiver are found by rule from the actors around the anchor; its signals
are the cues that govern it: negation, denial, accusation, condition and so on. No parser: the rules follow
word order, prepositions and voice, as in headline and wire prose.
"""

from collections.abc import Sequence
from typing import NamedTuple

from features.document import Sentence
from features.matcher import Hit
from features.polarity import BREAKS, Polarity, operators, polarity

SIDES = ("china", "russia", "ukraine", "west", "other_giver", "elsewhere")
ACTS = ("transfer", "help", "enabling", "evasion", "receiving", "imagery")
GOODS = ("arms", "dual_use", "money", "aid", "energy", "troops")
SIGNALS = (
    "negation", "denial", "no_evidence", "refusal", "cutting_off", "interest", "silence", "affirmation",
    "protest", "deflection", "accusation", "attribution", "evidence", "concern", "considering", "hedge",
    "condition", "warning", "urging", "stopping", "should", "request", "sanction", "moral_support",
    "contrast", "mockery", "doubt", "granting", "supposition", "futility",
)  # fmt: skip

_FROM = frozenset({"from"})
_BY = frozenset({"by"})
_HOLDING = frozenset({"in", "inside", "aboard", "on"})
_BOUND_FOR = frozenset({"to", "for", "in", "into", "inside", "reach", "reaching"})
_TARGETING = frozenset({"to", "for", "into", "with", "against"})
_SUBJECTS = frozenset({"it", "they", "he", "we", "its"})
_OBJECTS = (("it",), ("him",), ("them",))
_AUXILIARIES = frozenset(
    "is was are were has had have been be being will would could may might can does do did not n't never also ever "  # noqa: SIM905
    "still directly secretly now to".split()
)
_FORCES = frozenset({"army", "military", "forces", "navy", "troops", "soldiers", "officers"})
_NOUNS = frozenset(
    "shipment shipments delivery deliveries transfer transfers sale sales consignment consignments exports supplies "  # noqa: SIM905
    "supply support aid help assistance backing provision purchases imports".split()
)
_REACH = 14  # words right of an anchor where its receiver may stand
_GOODS_REACH = 8  # words between an act and its goods
_OWNED_REACH = 3  # words between an owner and his goods
_REQUEST_REACH = 8  # words between a request and what is asked for


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
    """Return the claim frames of a sentence, in the order of their anchors."""
    return _Reading(sentence).frames() if any(hit.tag in _SIDES for hit in sentence.hits) else []


class _Reading:
    """A sentence laid out for role finding: actors, anchors, goods, signals and the words between them."""

    def __init__(self, sentence: Sentence) -> None:
        self.words = sentence.words
        self.hits = sentence.hits
        broken = not BREAKS.isdisjoint(self.words)
        self.breaks = [place for place, word in enumerate(self.words) if word in BREAKS] if broken else []
        self.actors: list[Hit] = []
        self.acts: list[Hit] = []
        self.goods: list[Hit] = []
        self.signals: list[Hit] = []
        self.operators = operators(sentence.hits)
        for hit in sorted(sentence.hits, key=_first_then_longest):
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
        found = [self._frame(anchor) for anchor in anchors]
        if any(frame.giver == "china" and frame.receiver == "russia" for frame in found):
            return found
        return found + self._links()

    def _links(self) -> list[Frame]:
        """Where no known act joins China and Russia, a preposition may: "boots for Russian conscripts"."""
        for receiver in self.actors:
            if receiver.tag != "russia":
                continue
            bound = not _BOUND_FOR.isdisjoint(self.words[max(0, receiver.first - 2) : receiver.first])
            giver = self._last("china", receiver.first) if bound else self._origin(receiver)
            if giver is not None:
                joint = max(giver.first, receiver.first)
                return [self._framed(Hit("link", joint - 1, joint), giver, receiver)]
        return []

    def _origin(self, receiver: Hit) -> Hit | None:
        """China, where what Russia has comes "from" there, or is Chinese: "Russian gunners fire Chinese brass"."""
        for actor in self.actors:
            if actor.tag == "china" and actor.first >= receiver.last:
                before = self.words[max(0, actor.first - 2) : actor.first]
                if "from" in before or self.words[actor.first] == "chinese":
                    return actor
        return None

    def _nominal_anchors(self) -> list[Hit]:
        """Goods that stand right after an actor or right before "for" or "to" an actor, and in no act."""
        return [
            hit
            for hit in self.goods
            if self.words[hit.last - 1] not in _FORCES
            and not self._in_act(hit)
            and (self._owned(hit) or self._addressed(hit))
        ]

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
        return self._framed(anchor, *self._named(anchor, *self._roles(anchor)))

    def _framed(self, anchor: Hit, giver: Hit | None, receiver: Hit | None) -> Frame:
        end = max(hit.last for hit in (anchor, giver or anchor, receiver or anchor))
        nominal = anchor.tag in _GOODS or anchor.tag == "link" or self.words[anchor.first] in _NOUNS
        return Frame(
            giver=giver.tag if giver else None,
            receiver=receiver.tag if receiver else None,
            act="goods" if anchor.tag in _GOODS else anchor.tag,
            goods=self._goods_of(anchor),
            signals=frozenset([s.tag for s in self.signals if _governs(s, anchor)]),
            after=frozenset([s.tag for s in self.signals if s.first >= anchor.last]),
            polarity=polarity(anchor, end, self.operators, self.words, nominal=nominal),
            anchor=anchor,
            giver_hit=giver,
            receiver_hit=receiver,
        )

    def _named(self, anchor: Hit, giver: Hit | None, receiver: Hit | None) -> tuple[Hit | None, Hit | None]:
        """Put names for pronouns: who is said to give is China if it was named, who is said to get is Russia."""
        if anchor.tag in _GOODS or anchor.tag == "receiving":
            return giver, receiver
        if (giver is None or giver.tag != "china") and self._pronoun_before(anchor.first):
            giver = self._last("china", anchor.first) or giver
        if giver is not None and giver.tag == "china" and self.words[anchor.last : anchor.last + 1] in _OBJECTS:
            receiver = self._last("russia", anchor.first) or receiver
        return giver, receiver

    def _pronoun_before(self, place: int) -> bool:
        for word in reversed(self.words[max(0, place - 4) : place]):
            if word in _SUBJECTS:
                return True
            if word not in _AUXILIARIES:
                return False
        return False

    def _last(self, side: str, place: int) -> Hit | None:
        return next((actor for actor in reversed(self.actors) if actor.tag == side and actor.last <= place), None)

    def _goods_of(self, anchor: Hit) -> str | None:
        distance, tag = min(
            [(abs(hit.first - anchor.first), hit.tag) for hit in self.goods if hit == anchor or _apart(hit, anchor)],
            default=(0, None),
        )
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
        """Goods have an owner on their left, unless they are asked for; then they have an asker and an addressee."""
        asked = next((s for s in reversed(self.signals) if self._asks_for(s, anchor)), None)
        if asked is not None:
            return self._roles_of_request(asked, anchor)
        return left, self._after_word(anchor.last, _BOUND_FOR)

    def _asks_for(self, signal: Hit, anchor: Hit) -> bool:
        return signal.tag == "request" and 0 <= anchor.first - signal.last <= _REQUEST_REACH

    def _roles_of_request(self, request: Hit, anchor: Hit) -> tuple[Hit | None, Hit | None]:
        """Return who is asked and who asks: "Russia asked China for …", "a request from Moscow for …"."""
        between = [actor for actor in self.actors if request.last <= actor.first and actor.last <= anchor.first]
        before = [actor for actor in self.actors if actor.last <= request.first]
        if between and "from" in self.words[request.last : between[0].first]:
            return _last_of(before), between[0]
        return _last_of(between) or _last_of(before[:-1]), _last_of(before)

    def _target(self, anchor: Hit) -> Hit | None:
        """The receiver right of the anchor: a direct object, else what follows "to" or "for", else the next actor."""
        first = self._right(anchor.last, _REACH)
        if first is None:
            return None
        adjective = any(hit.first == first.last and self.words[hit.first] not in _FORCES for hit in self.goods)
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


def _first_then_longest(hit: Hit) -> tuple[int, int]:
    return hit.first, -hit.last


def _last_of(hits: Sequence[Hit]) -> Hit | None:
    return hits[-1] if hits else None


def _apart(one: Hit, other: Hit) -> bool:
    return one.last <= other.first or other.last <= one.first


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
