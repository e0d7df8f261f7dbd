"""Where a text is quoted: spans between quotation marks, paragraph by paragraph."""

import re
from dataclasses import dataclass
from typing import Final

from features.document import Document, Sentence

# Single marks are told from apostrophes by what stands beside them: a word after the first, a stop before the last.
_MARK: Final = re.compile(r"""(?P<double>")|(?P<opening>(?<![^\s(])'(?=\w))|(?P<closing>(?<=[,.!?])'(?!\w))|\n\s*\n""")
_CLOSED_BY: Final = {"double": "double", "opening": "closing"}
_LONGEST: Final = 2000  # characters; a mark that is not closed by then opened nothing


@dataclass(frozen=True, slots=True)
class Quote:
    """What stands between two marks: code-point offsets, without the marks."""

    start: int
    end: int


def quotes(document: Document) -> list[Quote]:
    """Return the quotations of a text, in order.

    A quotation that runs over paragraphs opens anew in each of them and closes in the last, as is the custom of
    English print; so a mark left open ends with its paragraph.
    """
    found: list[Quote] = []
    opened: re.Match[str] | None = None
    for mark in _MARK.finditer(document.normal):
        if opened is None:
            opened = mark if _opens(document.normal, mark) else None
        elif mark.lastgroup == _CLOSED_BY[str(opened.lastgroup)] or (mark.lastgroup is None and opened["double"]):
            _append(found, opened.end(), mark.start())
            opened = None
        elif mark.lastgroup is None:
            opened = None
    if opened is not None and opened["double"]:
        _append(found, opened.end(), len(document.normal))
    return found


def _opens(normal: str, mark: re.Match[str]) -> bool:
    """Whether a mark opens a quotation: not a paragraph's end, nor the inches after a number."""
    inches = normal[mark.start() - 1 : mark.start()].isdigit()
    return mark.lastgroup == "opening" or (mark.lastgroup == "double" and not inches)


def _append(found: list[Quote], start: int, end: int) -> None:
    if end - start <= _LONGEST:
        found.append(Quote(start, end))


def share(sentence: Sentence, spans: list[tuple[int, int]]) -> float:
    """Return the part of a sentence that lies within the quoted ``spans`` (in order), from 0 to 1."""
    inside = sum(max(0, min(end, sentence.end) - max(start, sentence.start)) for start, end in spans)
    return inside / (sentence.end - sentence.start)
