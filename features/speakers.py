"""Who says a sentence: the named source of reported or quoted speech, by rule."""

import re
from typing import Final

from features.document import Document

_VERB: Final = (
    r"(?:said|says|told|adds?|added|noted|stressed|insist(?:ed|s)|claim(?:ed|s)|stated|argue[ds]|warn(?:ed|s)|wrote|"
    r"writes|explained|reiterated|emphasi[sz]ed|suggested|indicated|accuse[ds]|denie[ds]|reject(?:ed|s)|allege[ds]|"
    r"announce[ds]|asked|replied|responded|clarified|vow(?:ed|s)|urge[ds]|called|confirm(?:ed|s)|hinted)\b"
)
_WORD: Final = r"[A-Z][\w'\u2019-]*(?:\.(?=\s[A-Z]))?"
_NAME: Final = rf"{_WORD}(?:\s(?:(?:of|for|de|von|van|der|al)\s(?:the\s)?)?{_WORD}){{0,4}}"
_SOURCES: Final = r"(?:[A-Z][\w.]*\s)?(?:officials?|sources?|analysts?|experts?|spokes(?:man|woman|person)|diplomats?)"
_ADVERBS: Final = r"(?:(?:also|later|then|has|had|have)\s)*"
_PATTERNS: Final = (
    re.compile(rf"[Aa]ccording to (?:the |an? )?(?P<name>{_NAME}|{_SOURCES})"),
    re.compile(rf"(?P<name>{_NAME})(?:\s\([^)]*\))?(?:,[^,]{{3,80}},)?\s{_ADVERBS}{_VERB}"),
    re.compile(rf"\b{_VERB}\s(?P<name>{_NAME})"),
    re.compile(rf"^(?P<name>{_NAME}):\s"),
    re.compile(rf"(?P<name>{_SOURCES})\s{_ADVERBS}{_VERB}"),
)
_PRONOUN: Final = re.compile(
    rf"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Tt]he (?:spokes(?:man|woman|person)|minister|official|diplomat))\s{_ADVERBS}{_VERB}"
)
_NOT_A_NAME: Final = re.compile(
    r"^(?:The|A|An|In|On|At|But|And|While|Mr|Mrs|Ms|Dr|Meanwhile|However|Earlier|Asked|If|When|As|It|This|That|He|She|"
    r"They|We|I|Some)\.?(?:\s|$)"
)


def speakers(document: Document) -> list[str | None]:
    """Return the speaker of each sentence as the text names him, or ``None`` where nobody is quoted.

    A name is a run of words in capitals beside a verb of speech, after "according to", or before a headline's
    colon; a pronoun with a verb of speech takes the last name.
    """
    found: list[str | None] = []
    last: str | None = None
    for sentence in document.sentences:
        text = document.text[sentence.start : sentence.end]
        name = _named(text) or (last if _PRONOUN.search(text) else None)
        last = name or last
        found.append(name)
    return found


def _named(text: str) -> str | None:
    for pattern in _PATTERNS:
        found = pattern.search(text)
        name = _NOT_A_NAME.sub("", found.group("name")).strip() if found else ""
        if name:
            return name
    return None
