"""From sentences that name their source to the quoted ones beside them that do not."""

from collections.abc import Sequence
from typing import Final

from features.document import Document
from features.speakers.quotes import Quote, share

_WHOLLY: Final = 0.8  # of a sentence's characters; the rest is marks


def spread(document: Document, quoted: Sequence[Quote], said: Sequence[str | None]) -> list[str | None]:
    """Return ``said`` with the gaps within quotations filled.

    Sentences of one quotation have one speaker, named in any of them. A sentence that is all quotation and names
    nobody belongs to the speaker of the sentence before it, or else of the one after it.
    """
    found = list(said)
    wholly = [False] * len(found)
    first = 0
    for quote in quoted:
        while first < len(found) and document.sentences[first].end <= quote.start:
            first += 1
        last = first
        while last < len(found) and document.sentences[last].start < quote.end:
            wholly[last] |= share(document.sentences[last], [(quote.start, quote.end)]) >= _WHOLLY
            last += 1
        _fill(found, first, last)
    for place in range(1, len(found)):
        if wholly[place] and found[place] is None:
            found[place] = found[place - 1]
    for place in reversed(range(len(found) - 1)):
        if wholly[place] and found[place] is None:
            found[place] = found[place + 1]
    return found


def _fill(found: list[str | None], first: int, last: int) -> None:
    """Give the sentences of one quotation the speaker that any of them names."""
    if last - first > 1:
        named = next((name for name in found[first:last] if name), None)
        found[first:last] = [name or named for name in found[first:last]]
