"""A text read once: normalised, split into sentences and tokens with exact offsets."""

from dataclasses import dataclass, field
from typing import Any

from features.matcher import Hit, find
from features.sentences import split_sentences
from features.text import normalise
from features.tokens import Token, forms, tokenise


@dataclass(init=False, slots=True)
class Sentence:
    """A sentence: offsets in code points of the text as sent, its words and marks, and the lexicon entries found.

    ``words`` are the forms of ``tokens``, which are read only when somebody asks where they stand. ``notes`` is
    where blocks keep what they read out of the sentence, as it is asked for again in passages of the text.
    """

    start: int
    end: int
    words: tuple[str, ...]
    hits: tuple[Hit, ...]
    normal: str = field(repr=False)
    notes: dict[str, Any] = field(repr=False, compare=False)

    def __init__(self, start: int, end: int, words: tuple[str, ...], hits: tuple[Hit, ...], normal: str) -> None:
        self.start = start
        self.end = end
        self.words = words
        self.hits = hits
        self.normal = normal
        self.notes = {}

    def __reduce__(self) -> tuple[type["Sentence"], tuple[int, int, tuple[str, ...], tuple[Hit, ...], str]]:
        """Pickle what was read of the text, without the notes."""
        return Sentence, (self.start, self.end, self.words, self.hits, self.normal)

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens, in order, with offsets in the whole text; read anew each time."""
        return tuple(tokenise(self.normal, self.start, self.end))


@dataclass(init=False, slots=True)
class Document:
    """A text as sent, its normal form of the same length, and its sentences in order.

    For every sentence ``s``, ``text[s.start:s.end]`` is the sentence, without surrounding blanks.
    """

    text: str
    normal: str
    sentences: tuple[Sentence, ...]

    def __init__(self, text: str, normal: str, sentences: tuple[Sentence, ...]) -> None:
        self.text = text
        self.normal = normal
        self.sentences = sentences

    def __reduce__(self) -> tuple[type["Document"], tuple[str, str, tuple[Sentence, ...]]]:
        """Pickle a compiled document too, which has no state that Python sees."""
        return Document, (self.text, self.normal, self.sentences)

    @property
    def tokens(self) -> list[Token]:
        """All tokens of the text, in order."""
        return [token for sentence in self.sentences for token in sentence.tokens]


def analyse(text: str) -> Document:
    """Read a text: normalise it, split it, tokenise, look up the lexicon. Time is linear in its length."""
    normal = normalise(text)
    sentences = [_sentence(normal, start, end) for start, end in split_sentences(normal, text)]
    return Document(text, normal, tuple(sentences))


def _sentence(normal: str, start: int, end: int) -> Sentence:
    words = tuple(forms(normal, start, end))
    return Sentence(start, end, words, tuple(find(words)), normal)
