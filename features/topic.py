"""Whether a text can be about the claim at all: English, and naming one of its sides."""

from collections.abc import Sequence

from features.document import Document
from features.lexicon import languages

_SIDES = frozenset({"china", "russia"})
_LEAST_LEAD = 2


def off_topic_reason(document: Document) -> str | None:
    """Return why a text is not English, or names neither China nor Russia; ``None`` if it may be on topic."""
    words = [word for sentence in document.sentences for word in sentence.words if word[0].isalpha()]
    if not words:
        return "the text has no words"
    if not is_english(words):
        return "the text does not seem to be English"
    if not any(hit.tag in _SIDES for sentence in document.sentences for hit in sentence.hits):
        return "the text names neither China nor Russia"
    return None


def is_english(words: Sequence[str]) -> bool:
    """Return whether words seem to be English: Latin letters, and no other language's function words prevail.

    Another language prevails with at least two more running function words than English, so that headlines
    without any count as English. After Grefenstette (1995), "Comparing two language identification schemes".
    """
    if sum(not word.isascii() for word in words) > len(words) / 2:
        return False
    counts = {language: sum(map(known.__contains__, words)) for language, known in languages().items()}
    english = counts.pop("english")
    return max(counts.values()) - english < _LEAST_LEAD
