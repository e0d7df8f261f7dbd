"""Who says a sentence: the named source of reported or quoted speech, by rule."""

import re

from features.document import Document

_TITLE = r"(?:(?:[A-Z][\w.'’-]*\s+){0,6}?)"
_NAME = r"(?:[A-Z][\w'’-]*(?:\.(?=\s[A-Z]))?(?:[ -](?:of|the|de|von|van|der|bin|al|for)(?=\s[A-Z]))?(?:\s[A-Z][\w'’-]*(?:\.(?=\s[A-Z]))?){0,4})"
_VERB = (
    r"(?:said|says|told|added|adds|noted|stressed|insisted|insists|claimed|claims|stated|argued|argues|warned|warns|"
    r"wrote|writes|explained|reiterated|emphasi[sz]ed|suggested|indicated|accused|accuses|denied|denies|rejected|"
    r"rejects|alleged|alleges|announced|asked|replied|responded|clarified|vowed|urged|called|confirmed|hinted)"
)
_BEFORE = re.compile(rf"(?P<name>{_NAME})(?:\s\([^)]*\))?(?:,[^,]{{3,80}},)?\s(?:also\s|later\s|has\s|had\s|have\s)*{_VERB}\b")
_AFTER = re.compile(rf"\b{_VERB}\s(?P<name>{_NAME})")
_ACCORDING = re.compile(rf"[Aa]ccording to (?:the |an? )?(?P<name>{_NAME}|(?:[a-z]+\s)?(?:officials|sources|reports|analysts|people|experts))")
_COLON = re.compile(rf"^(?P<name>{_NAME}):\s")
_COMMON = re.compile(rf"(?P<name>(?:[A-Z][\w.]*\s)?(?:officials?|sources?|analysts?|experts?|spokes(?:man|woman|person)|diplomats?))\s(?:also\s|has\s|have\s)*{_VERB}\b")
_PRONOUN = re.compile(rf"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Tt]he (?:spokes(?:man|woman|person)|minister|official|diplomat|source))\s(?:also\s|later\s|then\s)?{_VERB}\b")
_LEADING = re.compile(r"^(?:The|A|An|In|On|At|But|And|While|Mr|Mrs|Ms|Dr|Meanwhile|However|Earlier|Yesterday|Asked|If|When|As|It|This|That|He|She|They|We|I|Some)\.?\s?(?=[A-Z]|$)")


def speakers(document: Document) -> list[str | None]:
    """Return the speaker of each sentence, as the text names him, or ``None`` where nobody is quoted.

    A pronoun with a verb of speech takes the last speaker named. Rules, no parser: names are runs of words
    in capitals beside a verb of speech, after "according to", or before a headline's colon.
    """
    found: list[str | None] = []
    last: str | None = None
    for sentence in document.sentences:
        text = document.text[sentence.start : sentence.end]
        name = _named(text)
        if name is None and _PRONOUN.search(text):
            name = last
        last = name or last
        found.append(name)
    return found


def _named(text: str) -> str | None:
    for pattern in (_ACCORDING, _BEFORE, _AFTER, _COLON, _COMMON):
        found = pattern.search(text)
        if found:
            name = _LEADING.sub("", found.group("name")).strip()
            if name:
                return name
    return None
