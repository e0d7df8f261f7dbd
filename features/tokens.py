"""Tokens of a normalised text, with their offsets; contractions are split so that no "not" is lost."""

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
    [a-z]{2,}+(?![0-9'])                   # a plain word, which none of the next six would take: most tokens
  | [a-z]\.(?:[a-z]\.?)+(?![a-z])          # u.s.  e.g.
  | u\$a?                                  # US, as normalise() writes it
  | (?:ca|wo|sha|[a-z]+?)(?=n't(?![a-z]))  # has|n't  ca|n't
  | n't(?![a-z])
  | '(?:s|re|ve|ll|d|m)(?![a-z0-9])
  | [0-9]+(?:[.,:][0-9]+)*(?:[a-z]{1,3}(?![a-z]))?
  | [a-z]+(?:[0-9]+[a-z]*)?
  | [^\W_a-z0-9]+
  | [.!?]+
  | [^\w\s]
    """,
    re.VERBOSE,
)
_ODD = re.compile(r"\.[a-z]|\$")  # without it, every form is the text of its token


class Token(NamedTuple):
    """A token: offsets into the text and its normal form."""

    start: int
    end: int
    form: str


def tokenise(normal: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of ``normal[start:end]``, in order; offsets count from the start of ``normal``."""
    spans = _TOKEN.finditer(normal, start, len(normal) if end is None else end)
    return [Token(found.start(), found.end(), _form(found.group())) for found in spans]


def forms(normal: str, start: int, end: int) -> list[str]:
    """Return the forms of the tokens of ``normal[start:end]``, in order, without their offsets."""
    raw: list[str] = _TOKEN.findall(normal, start, end)
    return [_form(token) for token in raw] if _ODD.search(normal, start, end) else raw


def _form(raw: str) -> str:
    if raw[0] == "u" and raw in {"u$", "u$a", "u.s", "u.s.", "u.s.a", "u.s.a."}:
        return "u.s."
    if len(raw) > 1 and raw[1] == "." and raw[0].isalpha():
        return raw.replace(".", "")
    return raw
