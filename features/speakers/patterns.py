"""The constructions that say who speaks, as patterns over the word classes of ``features.speakers.tagging``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

# A noun phrase: what may stand in it, and what it ends with. Bounds keep matching linear.
_INNER = r"(?:[NCORGDMdnj'p]|a(?![NC]))"
_HEAD = r"[NCORGDYn]"
_FIRST = r"(?:(?<![^,;:\"(-])a)?[NCORGDMdnj]"
_PHRASE = rf"(?:{_FIRST}{_INNER}{{0,8}})?{_HEAD}"
# "familiar with the matter", "of the car association", "at a distributor on the list"
_AFTER = rf"(?:fi?[daj]{{0,2}}[NCOa])?(?:[io](?:{_PHRASE}|P|[daj]{{0,3}}a)){{0,2}}"
_ASIDE = r"(?:,[^,;:\"q]{1,22}){1,3},"  # "who heads the division", "a former general"
_TIMES = r"(?:[io]?[daj]?[tn]){0,2}"
_ADVERBS = rf"(?:i?x|{_TIMES}){{0,4}}"  # "at first", "on Monday"
_NOUN = rf"(?P<core>P|T|d(?=[xVIJ])|{_PHRASE})(?:\([^()]{{1,8}}\))?"  # "Mr Meeks (D)"
_WHO = r"(?:w[^,;:\"qVIJ]{1,10})?"  # "volunteers who bring in machines"
_SUBJECT = rf"(?P<subject>{_NOUN}{_AFTER})(?P<aside>{_ASIDE})?{_WHO}"
_START = r"(?<![NCORGDMdnajiopruwA'P!])"
_SETTING = r"^x?i[dj]{0,2}[NCOat]{1,3}(?=[dnM])"  # "In Brussels a", "Later in the day the"
_CLAUSE = r"(?:^[ck]?|(?<=[;\"])|(?<=,)c?)"
_OPENING = rf"(?:{_START}|{_SETTING})"
_INVERTED = rf"P(?=[^\w!']|$)|(?:a{{1,3}}(?=RN))?{_PHRASE}"  # "said he.", "said plant manager Anna Vogel"
_REST = rf"[^;:]{{1,40}}(?:c|,(?=x)){_ADVERBS}[VI]"  # "flew to Perth and said", "smiled, then said"
_UNKNOWN = r"d[jnaC']{0,4}a"  # a noun of no list, after a determiner: "the shipyard"


class Rank(IntEnum):
    """How sure a construction is: where a sentence has several, the lowest is taken, and of those the first."""

    WHOLE = 0
    SAYING = 1
    JUDGING = 2
    ACCORDING = 3
    THINKING = 4
    UNKNOWN = 5
    CLOSE = 6


_PATTERNS: Final = (
    (Rank.WHOLE, rf",{_SUBJECT}{_ADVERBS}(?<![b!])[VI]{_ADVERBS}\.$"),
    (Rank.SAYING, rf"{_OPENING}{_SUBJECT},?{_ADVERBS}(?<![b!])[VI]"),
    (Rank.SAYING, rf"(?:(?<=[\",])|^)[xc]?I(?P<subject>(?P<core>T|{_INVERTED}){_AFTER})(?P<aside>,[^,;:\"q]{{1,22}})?"),
    (Rank.SAYING, rf"{_OPENING}{_SUBJECT},?{_ADVERBS}(?<![b!])E{_TIMES}{_ASIDE}r"),
    (Rank.JUDGING, rf"{_OPENING}{_SUBJECT},?{_ADVERBS}(?<!b)J"),
    (Rank.THINKING, rf"{_OPENING}{_SUBJECT},?{_ADVERBS}(?<!b)E"),
    (Rank.UNKNOWN, rf"{_CLAUSE}(?P<subject>(?P<core>{_UNKNOWN}){_AFTER})(?P<aside>{_ASIDE})?{_ADVERBS}(?<![b!])I"),
    (Rank.JUDGING, rf"{_START}(?P<subject>(?P<core>{_INNER}{{0,9}}D){_AFTER})(?P<aside>{_ASIDE})?{_ADVERBS}(?<!b)[SE]"),
    (Rank.ACCORDING, rf"A(?P<subject>(?P<core>P|{_PHRASE}){_AFTER})(?P<aside>,[^,;:\"q]{{1,22}})?"),
    (Rank.CLOSE, rf"^[ck]?(?P<subject>(?P<core>[MR]?N{{1,4}}))(?P<aside>{_ASIDE})?{_REST}"),
    (Rank.CLOSE, rf"(?:^[ck]?|{_SETTING}){_SUBJECT}{_REST}"),
    (Rank.CLOSE, r"(?<![ruwN'oiA])(?P<subject>(?P<core>R?N{1,4}))(?P<aside>(?!))?" + rf"{_ADVERBS}(?<![b!])[VIJ]"),
)
# What is weaker than speech tells a source only of a person: a state that fears or promises something does it.
_OF_PEOPLE: Final = {Rank.THINKING: "NP", Rank.CLOSE: "NPRG"}
_COMPILED: Final = tuple((rank, re.compile(pattern)) for rank, pattern in _PATTERNS)


@dataclass(frozen=True, slots=True)
class Claim:
    """A construction found: places of words, ends excluded; ``aside`` is empty where there is none."""

    rank: Rank
    core: tuple[int, int]
    subject: tuple[int, int]
    aside: tuple[int, int]


def claims(tags: str) -> list[Claim]:
    """Return the constructions in a sentence's classes, the surest first."""
    return sorted(_found(tags), key=lambda claim: _order(tags, claim))


def _order(tags: str, claim: Claim) -> tuple[int, bool, int, tuple[int, int]]:
    """A named person who says a part goes before the body that reports the whole."""
    return max(claim.rank, Rank.SAYING), _impersonal(tags, claim), claim.rank, claim.core


def _impersonal(tags: str, claim: Claim) -> bool:
    """Whether a source is no named person: one that is goes before it, wherever it stands in the sentence."""
    return tags[claim.core[1] - 1] not in "NP" and "N" not in tags[slice(*claim.aside)]


def _found(tags: str) -> Iterator[Claim]:
    for rank, pattern in _COMPILED:
        for match in pattern.finditer(tags):
            aside = match.span("aside")
            claim = Claim(rank, match.span("core"), match.span("subject"), aside if aside[0] >= 0 else (0, 0))
            if not _impersonal(tags, claim) or tags[claim.core[1] - 1] in _OF_PEOPLE.get(rank, tags):
                yield claim
