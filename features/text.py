"""Normalised text, one character for each character of the text as sent, so that offsets hold."""

import re
import unicodedata

_PUNCTUATION = {
    **dict.fromkeys("‘’‚‛′`´ʼ", "'"),  # noqa: RUF001
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),  # noqa: RUF001
    "…": ".",
}
_ABBREVIATED_US = re.compile(r"US(?<=\bUS)A?\b(?!\$)")  # letters first, so that the search skips to them
_HAS_LOWER = re.compile(r"[a-z]")
_RUN = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")  # plain runs need no table


class _OneForOne(dict[int, str]):
    """Translation table, filled as characters are met: each maps to exactly one character."""

    def __missing__(self, code: int) -> str:
        """Fold one character: plain quotes and dashes, no accents, lower case, blanks for controls."""
        char = chr(code)
        folded = _PUNCTUATION.get(char) or unicodedata.normalize("NFKD", char)[0].lower()[0]
        category = unicodedata.category(folded)
        if category.startswith("Z") or category in {"Cc", "Cf", "Cs"}:
            folded = "\n" if char in "\n\r\v\f\x85\u2028\u2029" else " "
        self[code] = folded
        return folded


_TABLE = _OneForOne()


def normalise(text: str) -> str:
    r"""Return ``text`` folded for matching, with exactly the same number of code points.

    Quotes and dashes become ASCII, accents and case go, controls and exotic blanks become spaces, line
    breaks become ``\n``. ``US`` in capitals, where the text is not all capitals, becomes ``u$``: the state,
    told apart from the pronoun.
    """
    if _HAS_LOWER.search(text):
        text = _ABBREVIATED_US.sub(lambda found: "U$" + found.group()[2:], text)
    if text.isascii():
        return _fold_ascii(text)
    return "".join(_fold_ascii(run) if run.isascii() else run.translate(_TABLE) for run in _RUN.findall(text))


def _fold_ascii(text: str) -> str:
    return text.lower().replace("`", "'") if text.isprintable() else text.translate(_TABLE)
