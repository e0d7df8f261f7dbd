"""Sentence boundaries by rule, on normalised text."""

import re

from features.lexicon import abbreviations

# One set of characters first, then what they are: the search skips to the next of them.
_BREAK = re.compile(r"""(?P<first>[\n.!?])(?:(?<=\n)\s*|(?<=[.!?])[.!?]*(?P<close>["')\]]*)(?=\s|$))""")
_CLOSING = "\"')]"
_WORD = re.compile(r"\w")
_TAG = re.compile(r"\s*(?:[a-z.]+\s+){0,3}(?:said|says|asks|asked|told|added|adds|wrote|writes|replied)\b")
_LAST_WORD = re.compile(r"([a-z][a-z.]*)$")


def split_sentences(normal: str, text: str) -> list[tuple[int, int]]:
    """Return ``(start, end)`` of each sentence of ``text``, in order, without surrounding blanks.

    Every character that is not blank lies in exactly one sentence. A line break ends a sentence; so does a
    closing mark, unless it ends an abbreviation or an initial, or goes on in lower case.

    Args:
        normal: the normalised text.
        text: the text as sent, of the same length (its capitals tell where a sentence starts).
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for found in _BREAK.finditer(normal):
        if found.group("first") != "\n" and not _ends(normal, text, found):
            continue
        _append(spans, normal, start, found.end())
        start = found.end()
    _append(spans, normal, start, len(normal))
    return spans


def _append(spans: list[tuple[int, int]], normal: str, start: int, end: int) -> None:
    piece = normal[start:end]
    blank = len(piece) - len(piece.lstrip())
    if blank == len(piece):
        return
    span = (start + blank, start + len(piece.rstrip()))
    if spans and not _WORD.search(piece):  # stray marks belong to the sentence before
        span = (spans.pop()[0], span[1])
    spans.append(span)


def _ends(normal: str, text: str, found: re.Match[str]) -> bool:
    """Whether the mark found closes a sentence."""
    rest = found.end()
    while rest < len(normal) and normal[rest].isspace():
        rest += 1
    following = text[rest : rest + 1]
    if following.islower() or ('"' in found.group("close") and _TAG.match(normal, found.end())):
        return False
    if found.group().rstrip(_CLOSING) != ".":
        return True
    window = normal[max(0, found.start() - 24) : found.start()]
    word = _LAST_WORD.search(window)
    if word is None or found.group("close"):
        return True
    last = word.group(1)
    initial = len(last) == 1 and last != "i"
    abbreviated = last in abbreviations() or (len(last) > 1 and last[-2] == ".")
    return not (initial or abbreviated)
