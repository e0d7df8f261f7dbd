"""From the words of a source to what it is called: titles and articles stripped, a person's name preferred."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from features.speakers.patterns import Claim
from features.speakers.tagging import Tagged

Kind = Literal["person", "people", "role", "body", "pronoun"]

_NAMED: Final = re.compile(r"(?:^|[^NC'])(?P<name>N{1,4})$")
_OWNED: Final = re.compile(r"^.*'(?P<name>N{1,4})$")  # Hungary's Viktor Orban
_ASIDE_NAME: Final = re.compile(r"^,(?:d?[jaCO]{0,3}[RM])?(?P<name>N{1,4}),?")
_ASIDE_BODY: Final = re.compile(r"^,(?P<name>N{1,5}O?),")
_OF: Final = re.compile(r"^od?[NCORDjaG']{0,4}[NCORDG]")
_KNOWING: Final = re.compile(r"^fi?[daj]{0,2}[NCOa]")
_LEADING: Final = re.compile(r"^[d'xk]*(?=.)")
_BOTH: Final = frozenset({"both", "neither", "either", "each"})
_OTHERS: Final = frozenset({"others", "some", "most", "many", "several", "few", "another"})
_CALLED_BY_OFFICE: Final = frozenset("RGO")


@dataclass(frozen=True, slots=True)
class Mention:
    """A source as a sentence names it.

    ``text`` is what it is called; ``head`` the noun or pronoun it turns on, in normal form; ``definite`` whether it
    points back (``the official``); ``office`` what a person is, where the text says it beside the name.
    """

    text: str
    head: str
    kind: Kind
    definite: bool = False
    office: str = ""


def mention(text: str, tagged: Tagged, claim: Claim) -> Mention:
    """Return what the source of a claim is called. ``text`` is the whole text."""
    first, last = claim.core
    head = tagged.words[last - 1].form
    letter = tagged.tags[last - 1]
    if letter in "PT":
        return Mention(head, head, "pronoun")
    if letter in "Ydn" or tagged.words[first].form in _BOTH:
        pronoun = "others" if tagged.words[first].form in _OTHERS else "they"
        called = _words(text, tagged, first, last)
        return _beside(text, tagged, claim) or _some_of(text, tagged, claim) or Mention(called, pronoun, "pronoun")
    core = tagged.tags[first:last]
    named = _OWNED.match(core) or _NAMED.search(core)
    if named and letter == "N":
        place = first + named.start("name")
        return Mention(_words(text, tagged, place, last), head, "person", office=_office(tagged, first, place))
    beside = _beside(text, tagged, claim) if letter in _CALLED_BY_OFFICE else None
    return beside or _described(text, tagged, claim, head, letter)


def _beside(text: str, tagged: Tagged, claim: Claim) -> Mention | None:
    """The name set beside an office, as in "its chief executive, Jensen Huang, said"."""
    aside = tagged.tags[slice(*claim.aside)]
    found = _ASIDE_NAME.match(aside) or _ASIDE_BODY.match(aside)
    if found is None:
        return None
    start, end = (claim.aside[0] + edge for edge in found.span("name"))
    office = tagged.words[claim.core[1] - 1].form
    return Mention(_words(text, tagged, start, end), tagged.words[end - 1].form, "person", office=office)


def _some_of(text: str, tagged: Tagged, claim: Claim) -> Mention | None:
    """Two of the toolmakers: those they are of."""
    last = claim.core[1]
    of = _OF.match(tagged.tags[last : claim.subject[1]])
    if of is None:
        return None
    start = last + 1 + (tagged.tags[last + 1] == "d")
    return Mention(_words(text, tagged, start, last + of.end()), tagged.words[last + of.end() - 1].form, "people")


def _described(text: str, tagged: Tagged, claim: Claim, head: str, letter: str) -> Mention:
    first, last = claim.core
    definite = tagged.words[first].form in {"the", "that", "this", "these", "those"}
    lead = _LEADING.match(tagged.tags[first:last])
    start = first + (min(lead.end(), last - first - 1) if lead else 0)
    start += start < last - 1 and tagged.words[start].form == "own"
    of = _OF.match(tagged.tags[last : claim.subject[1]])
    keep = letter in "ORN" and of is not None and tagged.words[last].form == "of"
    knowing = _KNOWING.match(tagged.tags[last : claim.subject[1]])
    end = last + (knowing.end() if knowing else of.end() if of and keep else 0)
    kind: Kind = "people" if letter in "Gn" else "role" if letter == "R" else "body"
    return Mention(_words(text, tagged, start, end), head, kind, definite and end == last)


def _office(tagged: Tagged, first: int, place: int) -> str:
    """The role before a name: the last of ``Kremlin spokesman``."""
    return tagged.words[place - 1].form if place > first and tagged.tags[place - 1] == "R" else ""


def _words(text: str, tagged: Tagged, first: int, last: int) -> str:
    return " ".join(text[tagged.words[first].start : tagged.words[last - 1].end].split())
