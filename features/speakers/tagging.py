"""A sentence as a string of word classes, one letter a word, on which patterns of attribution are matched."""

import re
import sys
from dataclasses import dataclass
from typing import Final

from features.document import Document, Sentence
from features.speakers.classing import Spot, Word, classify

# A word keeps its inner hyphens and stops; a possessive is a word of its own.
_WORD: Final = re.compile(
    r"(?:[^\W\d_]\.){2,}"
    r"|(?:mr|mrs|ms|dr|prof|gen|sen|rep|gov|st|lt|col|sgt|maj|adm)\.(?=\s)"
    r"|'(?:s|ve|d|ll|re|m)(?![^\W_])|(?<=s)'(?=\s)"
    r"|[^\W_]+?(?=n't(?![^\W_]))|n't(?![^\W_])"
    r"|(?:u\$a?|[^\W_])(?:[^\W_]|[.&-](?=[^\W_])|'(?=[^\W_]{3}))*"
    r"|\S"
)
_NOWHERE: Final = (sys.maxsize, sys.maxsize)
_TITLED: Final = 0.6  # of the words of a headline that is written so begin with a capital
_FEW: Final = 3  # words tell nothing of it


@dataclass(frozen=True, slots=True)
class Tagged:
    """A sentence's words and their classes: ``tags[n]`` is the class of ``words[n]``; ``titled`` as in ``Spot``.

    Sources: ``N`` name, ``M`` courtesy, ``R`` role, ``G`` people, ``O`` body, ``D`` writing, ``C`` state, ``P`` he,
    ``T`` it, ``Y`` they, ``s`` I or someone. Verbs: ``V`` of saying, ``I`` one that may precede its subject, ``J`` of
    judging, ``S`` of showing, ``E`` of thinking. Beside them: ``x`` auxiliary or adverb, ``b`` form of be, ``!``
    negation, ``t`` time. In phrases: ``d`` determiner, ``n`` number, ``j`` modifier, ``'`` possessive, ``o`` of,
    ``i`` preposition, ``f`` familiar, ``A`` the last of "according to". Between clauses: ``r`` that or which, ``w``
    who, ``u`` subordinator, ``c`` conjunction. ``k`` opener, ``q`` quoted, ``a`` any other word, ``.`` any other mark;
    the marks ``, ; : ( ) -`` and ``"`` are their own class.
    """

    words: tuple[Word, ...]
    tags: str
    titled: bool = False


def tag(document: Document, sentence: Sentence, quoted: list[tuple[int, int]]) -> Tagged:
    """Return the words of a sentence and their classes; those within ``quoted`` (offsets, in order) are ``q``."""
    normal, text = document.normal, document.text
    words = tuple(
        Word(found.start(), found.end(), _form(found.group()), text[found.start()].isupper())
        for found in _WORD.finditer(normal, sentence.start, sentence.end)
    )
    titled = _is_titled(words)
    closing = {end for _, end in quoted}
    tags = ""
    spans = iter([*quoted, _NOWHERE])
    start, end = next(spans)
    for place, word in enumerate(words):
        while word.start >= end:
            start, end = next(spans)
        if start <= word.start:
            tags += "q"
        elif word.end == start or word.start in closing:
            tags += '"'
        else:
            tags += classify(Spot(words, place, tags, titled))
    return Tagged(words, tags, titled)


def _is_titled(words: tuple[Word, ...]) -> bool:
    lettered = [word for word in words if word.form[0].isalpha()]
    return len(lettered) > _FEW and sum(word.capital for word in lettered) > _TITLED * len(lettered)


def _form(raw: str) -> str:
    """Without its last stop, and without any where letters alternate with them (``u.s.``)."""
    form = raw.rstrip(".")
    return form.replace(".", "") if form and raw[1:2] == "." else form or raw
