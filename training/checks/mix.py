"""Whether there is enough of everything: size, labels, kinds, years, plain news, and the forms of denial."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from features.document import analyse
from training.checks.finding import Finding, at_least, held, share_from, share_near
from training.checks.limits import Limits
from training.record import Record

PLAIN: Final = frozenset(
    "diplomacy trade energy finance-news military-drills nuclear taiwan korea-iran roundup domestic-politics tech "  # noqa: SIM905
    "society sport-culture space-arctic war-news opinion-other".split()
)
REPLIES: Final = frozenset({"deflection", "protest", "outrage", "mockery"})
ARGUMENTS: Final = frozenset({"reluctance", "interest"})

_SIDES = frozenset({"china", "russia"})
_DENIAL = re.compile(
    r"""\b(?: no | not | never | none | nothing | nobody | nowhere | neither | nor | without | cannot | \w+n['\u2019]t
      | den(?:y|ies|ied|ying|ials?) | reject\w* | refut\w* | rebut\w* | rebuff\w* | dismiss\w* | debunk\w* | disput\w*
      | refus\w* | disavow\w* | contradict\w* | rul(?:e[sd]?|ing)\ out | play(?:s|ed|ing)?\ down
      | false\w* | fake\w* | untrue | groundless | baseless | unfounded | unproven | fabricat\w* | fiction | myths?
      | lies? | rumou?rs? | smear\w* | slander\w* | disinformation | misinformation | nonsense )\b""",
    re.VERBOSE | re.IGNORECASE,
)


def has_denial_word(text: str) -> bool:
    """Return whether a text holds a word of negation or denial."""
    return bool(_DENIAL.search(text))


def check_mix(records: Sequence[Record], limits: Limits) -> list[Finding]:
    """Check numbers and shares of the texts."""
    short = [record for record in records if record.kind != "article"]
    labels = Counter(record.label for record in records)
    kinds = Counter[str](record.kind for record in records)
    lacking = [str(year) for year in limits.years if not any(record.year == year for record in records)]
    tested = sum(record.split == "test" for record in records)
    return [
        at_least("size", "texts beside the start", len(records), limits.texts),
        at_least("size", "articles", kinds["article"], limits.articles),
        *(
            share_near("labels", f"labelled {label}", _share(labels[label], len(records)), wanted, limits.tolerance)
            for label, wanted in limits.labels.items()
        ),
        *(
            share_near(
                "kinds", f"{kind}, of the shorter texts", _share(kinds[kind], len(short)), wanted, limits.tolerance
            )
            for kind, wanted in limits.kinds.items()
        ),
        held("years", not lacking, f"years without a text: {', '.join(lacking) or 'none'}; none is allowed"),
        share_near("split", "in the test split", _share(tested, len(records)), limits.test, limits.tolerance),
        *_neutral(records, limits),
        *_denials(records, limits),
    ]


def _neutral(records: Sequence[Record], limits: Limits) -> list[Finding]:
    neutral = [record for record in records if record.label == "neutral"]
    plain = sum(record.phenomenon in PLAIN and _names_both(record.text) for record in neutral)
    what = "of the neutral texts, plain news naming both China and Russia"
    return [share_from("neutral", what, _share(plain, len(neutral)), limits.plain_neutral)]


def _denials(records: Sequence[Record], limits: Limits) -> list[Finding]:
    headlines = [record for record in records if record.label == "deny" and record.kind == "headline"]
    replies = [record for record in headlines if record.phenomenon in REPLIES and not has_denial_word(record.text)]
    arguments = [record for record in headlines if record.phenomenon in ARGUMENTS]
    return [
        at_least("denials", "headlines that deny", len(headlines), limits.deny_headlines),
        at_least("denials", "of them replies to an accusation without a word of denial", len(replies), limits.replies),
        at_least("denials", "of them arguments from reluctance or interest", len(arguments), limits.arguments),
    ]


def _names_both(text: str) -> bool:
    return {hit.tag for sentence in analyse(text).sentences for hit in sentence.hits} >= _SIDES


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
