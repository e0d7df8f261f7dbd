"""A sentence laid out for finding roles: its actors, acts, goods and cues, and how to look around a place."""

from typing import Final

from features.document import Sentence
from features.matcher import Hit
from features.polarity import BREAKS, COMPLAINT, operators

SIDES: Final = ("china", "russia", "ukraine", "west", "other_giver", "elsewhere")
ACTS: Final = ("transfer", "help", "enabling", "evasion", "receiving", "imagery")
GOODS: Final = ("arms", "dual_use", "money", "aid", "energy", "troops")
SIGNALS: Final = (
    "negation", "denial", "no_evidence", "refusal", "cutting_off", "interest", "silence", "affirmation",
    "protest", "deflection", "accusation", "attribution", "evidence", "concern", "considering", "hedge",
    "condition", "warning", "urging", "stopping", "should", "request", "sanction", "moral_support",
    "contrast", "mockery", "doubt", "granting", "supposition", "futility",
)  # fmt: skip
REACH: Final = 14  # words right of an anchor where its receiver may stand
FORCES: Final = frozenset({"army", "military", "forces", "navy", "troops", "soldiers", "officers"})

_BETWEEN = 4  # words from a preposition to the actor that it introduces
_OWN_DOING = frozenset({"cutting_off", "stopping", "refusal", "futility"})
_DOERS = frozenset({"china", "russia"})
_PARTIES = frozenset({"supplier", "suppliers", "exporter", "exporters"})
_AFTER_PARTY = frozenset({"in", "from", "based"})
_AFTER_EXPORT = frozenset("rule rules control controls curb curbs ban bans limit limits law laws regime".split())  # noqa: SIM905
_WORKS = FORCES | frozenset("plant plants factory factories works makers maker industry arsenal arsenals".split())  # noqa: SIM905


class Scene:
    """The parts of a sentence, each in order and apart from the others of its kind."""

    def __init__(self, sentence: Sentence) -> None:
        self.words = sentence.words
        self.actors: list[Hit] = []
        self.acts: list[Hit] = []
        self.goods: list[Hit] = []
        self.signals: list[Hit] = []
        self._starts = {hit.first for hit in sentence.hits if hit.tag in _SIDES}
        for hit in _longest_at_each_place_first(sentence.hits):
            self._add(hit)
        broken = not BREAKS.isdisjoint(self.words)
        self.breaks = [place for place, word in enumerate(self.words) if word in BREAKS] if broken else []
        said = [self._complaint(hit) if hit.tag == "accusation" else hit for hit in sentence.hits]
        self.operators = [hit for hit in operators(tuple(said), self.words) if not self._foreign(hit)]

    def _add(self, hit: Hit) -> None:
        tag = hit.tag
        if tag in _SIDES:
            _add_apart(self.actors, hit)
        elif tag in _ACTS:
            if not self._stands_as_noun(hit):
                _add_apart(self.acts, hit)
        elif tag in _GOODS:
            _add_apart(self.goods, hit)
        if tag in _SIGNALS:
            self.signals.append(hit)

    def _stands_as_noun(self, act: Hit) -> bool:
        """Whether an act's word names a thing or a party: "arms" of nobody, "export rules", "a supplier in Wuhan"."""
        word, following = self.words[act.first], self.words[act.last : act.last + 1]
        if word == "arms":
            return act.last not in self._starts
        if word == "export":
            return not _AFTER_EXPORT.isdisjoint(following)
        return word in _PARTIES and not _AFTER_PARTY.isdisjoint(following)

    def _foreign(self, operator: Hit) -> bool:
        """Whether it is another than China or Russia that stops or refuses, or than China that complains."""
        if operator.tag == COMPLAINT:
            complainer = self.left(operator.first)
            return complainer is None or complainer.tag != "china"
        doer = self.left(operator.first) if operator.tag in _OWN_DOING else None
        return doer is not None and doer.tag not in _DOERS

    def _complaint(self, accusation: Hit) -> Hit:
        """Turn an accusation that China makes of others into a complaint: "China accuses Britain of …"."""
        accused = self.right(accusation.last, 2)
        by_china = (accuser := self.left(accusation.first)) is not None and accuser.tag == "china"
        answers = by_china and accused is not None and accused.tag not in _DOERS
        passive = "by" in self.words[accusation.last : accusation.last + 1]
        return Hit(COMPLAINT, accusation.first, accusation.last) if answers and not passive else accusation

    def left(self, place: int, side: str | None = None) -> Hit | None:
        """Return the nearest actor left of a place, of one side if it is given."""
        for actor in reversed(self.actors):
            if actor.last <= place and side in (None, actor.tag):
                return actor
        return None

    def right(self, place: int, reach: int = REACH, other_than: Hit | None = None) -> Hit | None:
        """Return the nearest actor right of a place, within its clause."""
        end = self._break_after(place, reach)
        for actor in self.actors:
            if place <= actor.first < end and actor is not other_than:
                return actor
        return None

    def after_word(self, place: int, prepositions: frozenset[str], reach: int = REACH) -> Hit | None:
        """Return the first actor right of a place that one of the prepositions introduces."""
        end = self._break_after(place, reach)
        for actor in self.actors:
            first = actor.first
            if place <= first < end and not prepositions.isdisjoint(self.words[max(place, first - _BETWEEN) : first]):
                return actor
        return None

    def is_adjective(self, actor: Hit) -> bool:
        """Return whether an actor's name tells whose goods follow, and not whose forces or works."""
        named = self.words[actor.last : actor.last + 3]
        return _WORKS.isdisjoint(named) and any(hit.first == actor.last for hit in self.goods)

    def _break_after(self, place: int, reach: int) -> int:
        end = min(len(self.words), place + reach)
        return next((found for found in self.breaks if place <= found < end), end)


def _longest_at_each_place_first(hits: tuple[Hit, ...]) -> list[Hit]:
    """Sort hits that are in order of their first: mostly they are in order already."""
    ordered: list[Hit] = []
    for hit in hits:
        place = len(ordered)
        while place and ordered[place - 1].first == hit.first and ordered[place - 1].last < hit.last:
            place -= 1
        ordered.insert(place, hit)
    return ordered


def _add_apart(hits: list[Hit], hit: Hit) -> None:
    """Add a hit unless it overlaps the last one."""
    if not hits or hits[-1].last <= hit.first:
        hits.append(hit)


def last_of(hits: list[Hit]) -> Hit | None:
    """Return the last of some hits, if there are any."""
    return hits[-1] if hits else None


_SIDES = frozenset(SIDES)
_ACTS = frozenset(ACTS)
_GOODS = frozenset(GOODS)
_SIGNALS = frozenset(SIGNALS)
