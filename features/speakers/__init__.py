"""Who says a sentence: the source of reported or quoted speech, by rule; ``docs/speakers.md`` tells the rules."""

from typing import Final

from features.document import Document
from features.speakers.labels import labelled
from features.speakers.memory import Memory
from features.speakers.mentions import mention
from features.speakers.patterns import claims
from features.speakers.quotes import quotes
from features.speakers.spread import spread
from features.speakers.tagging import Tagged, tag

__all__ = ["speakers"]

_WITH_HEADLINE: Final = 3  # sentences


def speakers(document: Document) -> list[str | None]:
    """Return the speaker of each sentence as the text names him, or ``None`` where nobody is quoted.

    Names come without titles and in the fullest form the text has of them; people that are not named are called
    as the text calls them (``US officials``). Time is linear in the length of the text.
    """
    quoted = quotes(document)
    tagged = _tagged(document, [(quote.start, quote.end) for quote in quoted])
    memory = Memory(document.text, tagged)
    labels = labelled(document, tagged)
    said = [label or _source(document.text, words, memory) for label, words in zip(labels, tagged, strict=True)]
    if _has_headline(document):
        said[0] = labels[0]
    return spread(document, quoted, said)


def _has_headline(document: Document) -> bool:
    """Whether the first line is a headline over a text: what it reports, the text says again and better."""
    if len(document.sentences) < _WITH_HEADLINE:
        return False
    first, second = document.sentences[:2]
    return document.text[first.end - 1].isalnum() and "\n" in document.text[first.end : second.start]


def _tagged(document: Document, spans: list[tuple[int, int]]) -> list[Tagged]:
    sentences = []
    first = 0
    for sentence in document.sentences:
        while first < len(spans) and spans[first][1] <= sentence.start:
            first += 1
        last = first
        while last < len(spans) and spans[last][0] < sentence.end:
            last += 1
        sentences.append(tag(document, sentence, spans[first:last]))
    return sentences


def _source(text: str, tagged: Tagged, memory: Memory) -> str | None:
    for claim in claims(tagged.tags):
        found = memory.resolve(mention(text, tagged, claim), tagged.words[claim.core[0]].start)
        if found is not None:
            return found
    memory.notice(tagged)
    return None
