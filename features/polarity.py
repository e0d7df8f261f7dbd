"""What a sentence says of a claim frame: that it holds, that it does not, or neither.

Operators of denial, negation, refusal and the like are applied from the inside out, and each turns what stands
under it: "denies halting deliveries" asserts, "no secret that it refused" denies. After the composition of
valence shifters in Polanyi and Zaenen (2006), "Contextual valence shifters", section 3.
"""

from enum import StrEnum

from features.matcher import Hit


class Polarity(StrEnum):
    """What is said of a frame; ``OPEN``: asked for, supposed, warned of or asked about, and no more than that."""

    ASSERTED = "asserted"
    DENIED = "denied"
    OPEN = "open"


BREAKS = frozenset({";", "but", "while", "whereas", "although", "though", "after", "before", "because", "despite"})

_ENDING = frozenset({"cutting_off", "stopping"})
_TURNING = frozenset({"negation", "denial", "no_evidence", "refusal", "doubt", "futility"}) | _ENDING
_PREDICATES = frozenset({"denial", "doubt", "negation", "no_evidence"})
_OPENING = frozenset({"supposition", "should", "request", "warning", "urging"})
_ANSWERS = frozenset({"granting", "considering", "silence"})
_ANSWERING_YES = frozenset({"granting", "considering"})
_WARNING_OFF = frozenset({"against", "not", "n't", "if", "should"})
_ANSWERING_NO = frozenset({"silence", "refusal", "cutting_off", "denial", "negation", "futility", "doubt"})
_GOING_ON = frozenset({"and", "as", "yet", "even", "keeps", "despite", "but", "while", "although", "though", ";"})
_WOULD = frozenset({"would", "could", "cannot", "might"})
_IT = frozenset({"it", "this", "that", "them", "claim", "claims", "charge", "charges", "report", "reports", "."})
COMPLAINT = "protest"
OPERATORS = _TURNING | _OPENING | _ANSWERS | {COMPLAINT, "affirmation"}

_DENIALS_DENIED = frozenset({"denial", "denials", "deny", "denies", "denied", "denying"})
_COPULAS = frozenset("is are was were be been as 's : ? call calls called prove proves proved proven".split())  # noqa: SIM905
_GROUNDS = frozenset({"proof", "evidence", "intelligence"})
_ASKING = frozenset(
    "will would is are was were does do did can could has have had should may might what when where how whether".split()  # noqa: SIM905
)
_REACH = 10
_ASKED_REACH = 4  # words from a frame to the mark that makes it a question


def operators(hits: tuple[Hit, ...], words: tuple[str, ...]) -> list[Hit]:
    """Return the operators among a sentence's hits, in order; of those that overlap, the longest alone.

    "Without it they could not" says that it is there: such a "without" is none.
    """
    found = [hit for hit in hits if hit.tag in OPERATORS]
    if len(found) > 1:
        found.sort(key=_longest_first)
    taken: list[Hit] = []
    for hit in found:
        if all(hit.last <= other.first or other.last <= hit.first for other in taken):
            taken.append(hit)
    spared = "without" if not _WOULD.isdisjoint(words) else None
    left = [hit for hit in taken if words[hit.first] != spared]
    if len(left) > 1:
        left.sort(key=_place)
    return left


def _longest_first(hit: Hit) -> tuple[int, int]:
    return hit.first - hit.last, hit.first


def _place(hit: Hit) -> int:
    return hit.first


def polarity(
    anchor: Hit, end: int, found: list[Hit], words: tuple[str, ...], breaks: list[int], *, nominal: bool
) -> Polarity:
    """Return what a sentence says of a frame.

    Args:
        anchor: the act or goods that the frame stands on.
        end: the first token after all parts of the frame.
        found: the sentence's ``operators``.
        words: its tokens' forms.
        breaks: the places of ``BREAKS`` among them, in order.
        nominal: whether the frame is a noun phrase ("deliveries to Russia"), whose verb follows it.
    """
    under = [*_inside(anchor, end, found), *_before(anchor, found, breaks)]
    reaching = [hit for hit in under if not _spent(hit, anchor, words)]
    if any(hit.tag == COMPLAINT for hit in reaching):
        return Polarity.DENIED  # who complains of a charge, or of sanctions for it, says that it is not so
    holds, opened = _compose(reaching, words)
    if _turned_after(end, found, words, breaks, nominal=nominal):
        holds = not holds
    if any(hit.tag == "request" for hit in under):
        return _answered(found)
    if opened and contrary(anchor, under, words):
        return Polarity.DENIED if holds else Polarity.ASSERTED
    if opened and _grounded(end, under, words):
        return Polarity.ASSERTED
    if opened or _asked(anchor, end, words):
        return Polarity.OPEN
    return Polarity.ASSERTED if holds else Polarity.DENIED


def _inside(anchor: Hit, end: int, found: list[Hit]) -> list[Hit]:
    """A negation among the frame's own parts: "sent Russia no weapons"."""
    reach = max(end, anchor.last + 2)
    return [hit for hit in found if hit.tag == "negation" and anchor.last <= hit.first < reach][:1]


def _before(anchor: Hit, found: list[Hit], breaks: list[int]) -> list[Hit]:
    """The operators that govern the anchor from its left, the nearest first.

    None beyond a break of the clause, but a complaint, which answers what came before: "outraged after …".
    """
    start = max((place + 1 for place in breaks if place < anchor.first), default=0)
    return [hit for hit in reversed(found) if (start <= hit.first or hit.tag == COMPLAINT) and hit.first < anchor.first]


def _compose(under: list[Hit], words: tuple[str, ...]) -> tuple[bool, bool]:
    """Return whether what stands under the operators holds, and whether it is left open."""
    holds, opened, inner = True, False, None
    for hit in under:
        if hit.tag in _TURNING and not _repeats(hit, inner, words):
            holds = not holds
        elif hit.tag in _OPENING and inner is not None and inner.tag in _ENDING and not holds:
            holds = True  # who asks for an end takes it for granted
        elif hit.tag in _OPENING:
            opened = True
        inner = hit
    return holds, opened


def _repeats(hit: Hit, inner: Hit | None, words: tuple[str, ...]) -> bool:
    """Whether a denial only says again what the one under it says: "dismisses as baseless"."""
    if inner is None or not hit.tag == inner.tag == "denial":
        return False
    return _DENIALS_DENIED.isdisjoint(words[inner.first : inner.last])


def _spent(hit: Hit, anchor: Hit, words: tuple[str, ...]) -> bool:
    """Whether an operator does not reach the anchor: a warning that it is so, a complaint of a clause before."""
    between = words[hit.last : anchor.last]
    if hit.tag == COMPLAINT:
        return not _GOING_ON.isdisjoint(between)
    return hit.tag == "warning" and _WARNING_OFF.isdisjoint(between)


def _turned_after(end: int, found: list[Hit], words: tuple[str, ...], breaks: list[int], *, nominal: bool) -> bool:
    """Whether what follows a frame as its predicate turns it: "… is a lie", "deliveries … dry up"."""
    limit = next((place for place in breaks if end <= place < end + _REACH), end + _REACH)
    for hit in found:
        if not end <= hit.first < limit:
            continue
        predicate = not _COPULAS.isdisjoint(words[max(end, hit.first - 3) : hit.first])
        dismissed = hit.tag == "denial" and (hit.last == len(words) or words[hit.last] in _IT)
        if dismissed or (predicate and hit.tag in _PREDICATES) or (nominal and hit.tag in _ENDING):
            return True
        if hit.tag == "affirmation":
            return False
    return False


def contrary(anchor: Hit, found: list[Hit], words: tuple[str, ...]) -> bool:
    """Return whether operators suppose a thing contrary to fact: "if it had not sold them, the war would be over"."""
    start = next((hit.first for hit in found if hit.tag == "supposition" and hit.first < anchor.first), None)
    return start is not None and "had" in words[start : anchor.last] and "would" in words


def _grounded(end: int, under: list[Hit], words: tuple[str, ...]) -> bool:
    """Whether a warning gives its grounds: "warns China against arming Russia, saying it has proof"."""
    warned = any(hit.tag == "warning" for hit in under)
    return warned and not _GROUNDS.isdisjoint(words[end:])


def _answered(found: list[Hit]) -> Polarity:
    """What becomes of a request."""
    asked = next(place for place, hit in enumerate(found) if hit.tag == "request")
    others = [hit.tag for place, hit in enumerate(found) if place != asked]
    if not _ANSWERING_NO.isdisjoint(others):
        return Polarity.DENIED
    return Polarity.OPEN if _ANSWERING_YES.isdisjoint(others) else Polarity.ASSERTED


def _asked(anchor: Hit, end: int, words: tuple[str, ...]) -> bool:
    """Whether the frame is what a question asks."""
    if "?" not in words[end:]:
        return False
    clause = max((place + 1 for place in range(anchor.first) if words[place] in {":", "?", ".", "-"}), default=0)
    return words[clause] in _ASKING or (words[clause] != "why" and "?" in words[end : end + _ASKED_REACH])
