"""Patterns over tokens, expanded to plain forms: ``prop(s|ped|ping|) _? up``."""

from collections.abc import Iterator

ANY_WORD = "_"


def expand(pattern: str) -> Iterator[tuple[str, ...]]:
    """Yield every form of a pattern, as tuples of token forms.

    ``(a|b|)`` stands for its alternatives, which may be several words, nothing, or hold groups themselves;
    ``?`` makes the character before it optional (``weapons?``, ``dual -? use``); ``_`` stands for any one word.

    Raises:
        ValueError: parentheses are not balanced.
    """
    forms, end = _alternatives(pattern, 0)
    if end < len(pattern):
        raise ValueError(f"{pattern!r}: a parenthesis is closed that was not opened")
    yield from dict.fromkeys(tuple(form.split()) for form in forms)


def _alternatives(pattern: str, place: int) -> tuple[list[str], int]:
    """Read alternatives up to a closing parenthesis or the end; return their forms and where it stopped."""
    forms, current = [], [""]
    while place < len(pattern) and pattern[place] != ")":
        char = pattern[place]
        if char == "|":
            forms += current
            current = [""]
        elif char == "?":
            current += [form[:-1] for form in current]
        elif char == "(":
            inner, place = _alternatives(pattern, place + 1)
            if place == len(pattern):
                raise ValueError(f"{pattern!r}: a parenthesis is not closed")
            current = [form + tail for form in current for tail in inner]
        else:
            current = [form + char for form in current]
        place += 1
    return forms + current, place
