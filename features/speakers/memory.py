"""Who has been named so far, so that short names, pronouns and offices find their person."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from operator import itemgetter
from typing import Final

from features.speakers.mentions import Mention
from features.speakers.tagging import Tagged
from features.speakers.words import classes
from features.text import normalise

_FULL: Final = re.compile(r"(?<!N)N{2,4}(?!N)|(?<=R)N(?!N)")  # "Anna Vogel", "the dealer Anna"
_GROUP: Final = re.compile(r"(?<![nCj'])(?P<name>n?(?:C')?j{0,2}G)(?!')")
_SUBJECT: Final = re.compile(r"^(?:[dNCOaj']{0,6}[RM])?(?P<name>N{1,4})[xaVJ,]")
_START: Final = itemgetter(0)
_OFFICE: Final = re.compile(r"spokes(?:man|woman|person)s?")


class Memory:
    """The people and sources of one text, filled as it is read from its beginning."""

    def __init__(self, text: str, sentences: Iterable[Tagged]) -> None:
        self._text = text
        self._full: dict[str, list[tuple[int, str]]] = {}
        self._named: list[tuple[int, str]] = []
        self._groups: list[tuple[int, str]] = []
        for tagged in sentences:
            if not tagged.titled:  # where every word has a capital, none is known for a name
                self._learn(tagged)
        self._person: str | None = None
        self._by_name = False
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
            if source.kind != "pronoun":
                self._by_name = source.kind == "person"
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
                self._by_name = True

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
            return self._pronoun(source, place)
        if source.definite:
            return self._by_office.get(_key(source.head)) or self._meant(source) or source.text
        return source.text

    def _pronoun(self, source: Mention, place: int) -> str | None:
        """Whom a pronoun means; ``others`` are nobody named before."""
        if source.head in {"he", "she"}:
            return self._person or _before(self._named, place)
        if source.head == "it":
            return self._thing or self._last
        return source.text if source.head == "others" else self._several or self._thing or _before(self._groups, place)

    def _meant(self, source: Mention) -> str | None:
        """The person spoken of last, for an office alone ("the minister") that nobody has been given."""
        alone = source.kind == "role" and source.text == source.head
        return self._person if alone and self._by_name else None

    def _learn(self, tagged: Tagged) -> None:
        for found in _FULL.finditer(tagged.tags):
            start, name = self._words(tagged, *found.span())
            self._named.append((start, name))
            if " " in name:
                for word in {tagged.words[found.start()].form, tagged.words[found.end() - 1].form}:
                    self._full.setdefault(word, []).append((start, name))
        for found in _GROUP.finditer(tagged.tags):
            if classes().get(tagged.words[found.end() - 1].form.removesuffix("s")) == "R":  # no banks or states
                self._groups.append(self._words(tagged, *found.span("name")))

    def _words(self, tagged: Tagged, first: int, last: int) -> tuple[int, str]:
        start = tagged.words[first].start
        return start, " ".join(self._text[start : tagged.words[last - 1].end].split())


def _before(named: list[tuple[int, str]], place: int) -> str | None:
    """The name that stands last before ``place``."""
    found = bisect_left(named, place, key=_START)
    return named[found - 1][1] if found else None


def _key(head: str) -> str:
    return _OFFICE.sub("spokesperson", head)
