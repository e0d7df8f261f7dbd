"""Who has been named so far, so that short names, pronouns and offices find their person."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from operator import itemgetter
from typing import Final

from features.speakers.mentions import Mention
from features.speakers.tagging import Tagged
from features.text import normalise

_FULL: Final = re.compile(r"(?<!N)N{2,4}(?!N)")
_SUBJECT: Final = re.compile(r"^(?:[dNCOaj']{0,6}[RM])?(?P<name>N{1,4})[xaVJ,]")
_START: Final = itemgetter(0)
_OFFICE: Final = re.compile(r"spokes(?:man|woman|person)s?")


class Memory:
    """The people and sources of one text, filled as it is read from its beginning."""

    def __init__(self, text: str, sentences: Iterable[Tagged]) -> None:
        self._text = text
        self._full: dict[str, list[tuple[int, str]]] = {}
        self._named: list[tuple[int, str]] = []
        for tagged in sentences:
            for found in _FULL.finditer(tagged.tags):
                self._learn(tagged, *found.span())
        self._person: str | None = None
        self._several: str | None = None
        self._thing: str | None = None
        self._last: str | None = None
        self._by_office: dict[str, str] = {}

    def resolve(self, source: Mention, place: int) -> str | None:
        """Return the fullest name of a source mentioned at ``place`` (offset), and remember it.

        ``None`` is a pronoun that stands for nobody the text has named.
        """
        name = self._name(source, place)
        if name is None:
            return None
        self._last = name
        if source.kind in {"person", "role"} or source.head in {"he", "she"}:
            self._person = name
        elif source.kind == "people":
            self._several = name
        elif source.kind == "body":
            self._thing = name
        if source.kind != "pronoun":
            self._by_office[_key(source.head)] = name
        if source.office:
            self._by_office[_key(source.office)] = name
        return name

    def notice(self, tagged: Tagged) -> None:
        """Take the person a sentence begins with for whom a pronoun after it means."""
        found = _SUBJECT.match(tagged.tags)
        if found:
            first, last = found.span("name")
            name = self._text[tagged.words[first].start : tagged.words[last - 1].end]
            if first or " " in name or normalise(name) in self._full:
                self._person = self.fullest(name, tagged.words[first].start)

    def fullest(self, name: str, place: int) -> str:
        """Return the full name that ``name`` is the first or last word of: the nearest before ``place``, or after."""
        if " " in name:
            return name
        known = self._full.get(normalise(name), [])
        return known[max(0, bisect_right(known, place, key=_START) - 1)][1] if known else name

    def _name(self, source: Mention, place: int) -> str | None:
        if source.kind == "person":
            return self.fullest(source.text, place)
        if source.kind == "pronoun":
            if source.head in {"he", "she"}:
                return self._person or self._before(place)
            if source.head == "others":
                return None
            return self._thing or self._last if source.head == "it" else self._several or self._thing
        if source.definite:
            return self._by_office.get(_key(source.head)) or self._meant(source) or source.text
        return source.text

    def _before(self, place: int) -> str | None:
        """The full name that stands last before ``place``."""
        found = bisect_left(self._named, place, key=_START)
        return self._named[found - 1][1] if found else None

    def _meant(self, source: Mention) -> str | None:
        """The person spoken of last, for an office alone ("the minister") that nobody has been given."""
        return self._person if source.kind == "role" and source.text == source.head else None

    def _learn(self, tagged: Tagged, first: int, last: int) -> None:
        start = tagged.words[first].start
        name = " ".join(self._text[start : tagged.words[last - 1].end].split())
        self._named.append((start, name))
        for word in {tagged.words[first].form, tagged.words[last - 1].form}:
            self._full.setdefault(word, []).append((start, name))


def _key(head: str) -> str:
    return _OFFICE.sub("spokesperson", head)
