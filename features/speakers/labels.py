"""Speakers set off by a colon: a headline's ("Zelensky: ...", "...: Kremlin") and a transcript's."""

import re
from collections import Counter
from typing import Final

from features.document import Document
from features.speakers.tagging import Tagged

_BEFORE: Final = re.compile(r"^(?P<name>d?[NCORGDMjn']{0,5}[NCORG]):(?=.)")
_BEHIND: Final = re.compile(r"[:-](?P<name>[NCORGjn']{0,4}[NCORG])\.?$")
_SAYS: Final = re.compile(r",(?P<name>[NCORGDajn']{0,4}[NCORGD])(?:[VI]a?|[SE])$")  # "..., customs data show"


def labelled(document: Document, tagged: list[Tagged]) -> list[str | None]:
    """Return for each sentence the speaker its colon names; in a transcript, those that follow are his too.

    A text is a transcript where two labels or more stand at the beginning of sentences, and one of them twice or
    all of them after a line break; elsewhere a label counts in the first sentence alone, the headline.
    """
    names = [_label(document, words) for words in tagged]
    if not names:
        return names
    if not _is_transcript(names):
        headline = names[0] if _is_source(document, tagged[0], names[0]) else None
        return [headline or _behind(document, tagged[0]), *[None] * (len(names) - 1)]
    said: str | None = None
    spoken: list[str | None] = []
    for name in names:
        said = name or said
        spoken.append(said)
    return spoken


def _is_transcript(names: list[str | None]) -> bool:
    counted = Counter(name for name in names[1:] if name)
    return len(counted) > 1 and max(counted.values()) > 1


def _is_source(document: Document, headline: Tagged, name: str | None) -> bool:
    """Whether a headline's label speaks, and is no rubric: an unknown name comes again in the text beneath."""
    if name is None or len(document.sentences) == 1 or headline.tags[headline.tags.index(":") - 1] != "N":
        return name is not None
    return name.split()[-1] in document.text[headline.words[headline.tags.index(":")].end :]


def _label(document: Document, tagged: Tagged) -> str | None:
    return _text(document, tagged, _BEFORE.match(tagged.tags))


def _behind(document: Document, tagged: Tagged) -> str | None:
    return _text(document, tagged, _BEHIND.search(tagged.tags) or _SAYS.search(tagged.tags))


def _text(document: Document, tagged: Tagged, found: re.Match[str] | None) -> str | None:
    if found is None:
        return None
    first, last = found.span("name")
    first += tagged.tags[first] == "d"
    return " ".join(document.text[tagged.words[first].start : tagged.words[last - 1].end].split())
