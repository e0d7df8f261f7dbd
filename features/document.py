"""A text read once: normalised, split into sentences and tokens with exact offsets."""

from dataclasses import dataclass

from features.matcher import Hit, find
from features.sentences import split_sentences
from features.text import normalise
from features.tokens import Token, tokenise


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: offsets in code points of the text as sent, its tokens, and the lexicon entries found."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A text as sent, its normal form of the same length, and its sentences in order.

    For every sentence ``s``, ``text[s.start:s.end]`` is the sentence, without surrounding blanks.
    """

    text: str
    normal: str
    sentences: tuple[Sentence, ...]

    @property
    def tokens(self) -> list[Token]:
        """All tokens of the text, in order."""
        return [token for sentence in self.sentences for token in sentence.tokens]


def analyse(text: str) -> Document:
    """Read a text: normalise it, split it, tokenise, look up the lexicon. Time is linear in its length."""
    normal = normalise(text)
    sentences = tuple(_sentence(normal, start, end) for start, end in split_sentences(normal, text))
    return Document(text, normal, sentences)


def _sentence(normal: str, start: int, end: int) -> Sentence:
    tokens = tokenise(normal, start, end)
    return Sentence(start, end, tuple(tokens), tuple(find(tokens)))
