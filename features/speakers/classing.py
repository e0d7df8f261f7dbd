"""The class of a word where it stands: rules in order, the first that knows it decides."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from features.speakers.words import classes

_MARKS: Final = frozenset(",;():-\"'")
_RANKS: Final = frozenset({"gen", "sen", "rep", "gov", "lt", "col", "sgt", "maj", "adm"})
_OFFICES: Final = frozenset({"state", "defense", "defence", "staff", "mission"})
_SPEAK: Final = frozenset({"speak", "speaks", "spoke", "spoken"})
_ASK: Final = frozenset({"ask", "asks", "asked"})
_FOR: Final = frozenset({"for"})
_ASKED: Final = frozenset({"whether", "if", "what", "who", "how", "why", "when", "where"})
_ALONE: Final = frozenset({"some", "most", "many", "both", "all", "several", "few", "each", "another"})
_THAT: Final = frozenset({"that", "whether", "he", "she", "they", "it", "there", "out", "if", "why", "how", "to"})
_THAT_ALONE: Final = frozenset({"that"})
_SOURCES: Final = frozenset("NCOGYRPT")
_CLAUSE_FOLLOWS: Final = _THAT | {",", ".", '"'}
_CLAUSE_OPENS: Final = frozenset({"", ",", ";", ":", "-", '"', "c", "r", "d", "j", "N"})
# Classes of words that are names where they have a capital: Will Young, Mark Price.
_NO_NAMES: Final = frozenset("VIJSEvxkajtnuGb!")


@dataclass(frozen=True, slots=True)
class Word:
    """A word: offsets in the text, its normal form without a last stop, and whether it begins with a capital."""

    start: int
    end: int
    form: str
    capital: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """A word among its neighbours; ``before`` holds the classes of the words before it.

    ``titled``: the sentence is written in capitals as headlines are, so that capitals tell no names.
    """

    words: tuple[Word, ...]
    place: int
    before: str
    titled: bool

    @property
    def word(self) -> Word:
        """The word itself."""
        return self.words[self.place]

    @property
    def known(self) -> str | None:
        """The class its form has in the word lists."""
        return classes().get(self.word.form)

    @property
    def last(self) -> str:
        """The class of the word before, empty at the beginning."""
        return self.before[-1:]

    @property
    def previous(self) -> str:
        """The form of the word before."""
        return self.words[self.place - 1].form if self.place else ""

    @property
    def following(self) -> Word | None:
        """The word after."""
        return self.words[self.place + 1] if self.place + 1 < len(self.words) else None

    @property
    def name_follows(self) -> bool:
        """Whether the word after has a capital."""
        return self.following is not None and self.following.capital

    def goes_on(self, forms: frozenset[str]) -> bool:
        """Whether the form after is one of ``forms``; the end of the sentence is a stop."""
        return (self.following.form if self.following else ".") in forms


def classify(spot: Spot) -> str:
    """Return the class of a word, as ``features.speakers.tagging.Tagged`` lists them."""
    return next(filter(None, (rule(spot) for rule in _RULES)))


def _mark(spot: Spot) -> str | None:
    form = spot.word.form
    if form in _MARKS:
        return form
    if form == "'s":
        return "x" if spot.last in {"P", "T", "Y"} else "'"
    return "." if spot.known is None and not form[0].isalnum() else None


def _link(spot: Spot) -> str | None:
    """The small words that make a source or an office: according to, in the words of, Secretary of State."""
    form = spot.word.form
    if (form, spot.previous) in {("to", "according"), ("of", "words")}:
        return "A"
    if form != "of":
        return None
    office = spot.last == "R" and spot.following is not None and spot.following.form in _OFFICES
    return "j" if office and spot.name_follows else "o"


def _part_of_name(spot: Spot) -> str | None:
    word = spot.word
    if word.form in _RANKS:
        return "R" if spot.name_follows else "a"
    if spot.known == "p":
        return "N" if (word.capital or spot.last == "N") and spot.name_follows else "a"
    return "a" if word.form == "us" and not word.capital else None


def _capital(spot: Spot) -> str | None:
    """A capital within a sentence makes a name of a common word, unless it belongs to an office."""
    known = spot.known or "a"
    within = spot.place and spot.last not in {'"', "", "-", ":"} and not spot.titled
    if not spot.word.capital or not within or known not in _NO_NAMES:
        return None
    if spot.before.endswith("Oo"):  # Ministry of Commerce
        return "N"
    if known == "j" or (spot.last == "j" and spot.previous == "of"):
        return "j"
    return known if known in {"t", "G"} else "N"


def _verb(spot: Spot) -> str | None:
    """A form of a verb may be a noun ("its claim"), a participle ("accused of"), or say nothing ("spoke for hours")."""
    form, known = spot.word.form, spot.known
    if known is None or known not in "VIJSEv":
        return None
    noun = spot.last in {"'", "i", "o"} or (spot.last == "d" and spot.previous not in _ALONE)
    accused = form == "accused" and spot.goes_on(frozenset({"of"}))
    silent = form in _SPEAK and not spot.goes_on(frozenset({"of", "against"}))
    asking = form in _ASK and spot.goes_on(_ASKED)
    if noun or accused or silent or asking or (known == "v" and not _agrees(spot)):
        return "a"
    if form in _ASK and spot.goes_on(_FOR):
        return "E"
    clause = known == "v" or (known == "E" and spot.goes_on(_CLAUSE_FOLLOWS))
    return "V" if clause else known


def _agrees(spot: Spot) -> bool:
    """Whether a form that is as often a noun is a verb: it agrees with a subject that opens its clause."""
    third = spot.word.form.endswith("s")
    if spot.last in {"P", "T"}:
        return third
    if spot.goes_on(_THAT_ALONE) and spot.last in _SOURCES:
        return True
    opens = spot.before[-2:-1] in _CLAUSE_OPENS
    follows = spot.name_follows or spot.goes_on(_CLAUSE_FOLLOWS)
    return opens and follows and spot.last in ({"N", "C", "O"} if third else {"Y", "G"})


def _other(spot: Spot) -> str:
    if spot.known == "u" and spot.last == "x":  # has since said
        return "x"
    unknown = "N" if spot.word.capital else "x" if spot.word.form.endswith("ly") else "a"
    return spot.known or unknown


_RULES: Final[tuple[Callable[[Spot], str | None], ...]] = (_mark, _link, _part_of_name, _capital, _verb, _other)
