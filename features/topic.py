"""Whether a text can be about the claim at all: English, and naming one of its sides."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from features.document import Document
from features.lexicon import languages

_SIDES = frozenset({"china", "russia"})
_LEAST_LEAD = 2


def off_topic_reason(document: Document) -> str | None:
    """Return why a text is not English, or names neither China nor Russia; ``None`` if it may be on topic."""
    words = [word for sentence in document.sentences for word in sentence.words]
    if not any(word[0].isalpha() for word in words):
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
    Numbers and marks among the words count for nothing.
    """
    if not "".join(words).isascii():
        lettered = [word for word in words if word[0].isalpha()]
        if sum(not word.isascii() for word in lettered) > len(lettered) / 2:
            return False
    spoken_in = _spoken_in()
    counts: dict[str, int] = {}
    for word in words:
        for language in spoken_in.get(word, ()):
            counts[language] = counts.get(language, 0) + 1
    english = counts.pop("english", 0)
    return max(counts.values(), default=0) - english < _LEAST_LEAD


@cache
def _spoken_in() -> dict[str, tuple[str, ...]]:
    """Return the languages of each function word."""
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for language, words in languages().items():
        for word in words:
            if word[0].isalpha():
                found[word] += (language,)
    return dict(found)
