"""What a sentence says of China giving to Russia: its frames by pair of sides, and the plainest of them."""

from functools import cache
from typing import NamedTuple

from features.document import Sentence
from features.frames import Frame, frames

PAIRS = (
    "china>russia", "china>it", "china>?", "?>russia", "china>ukraine", "china>other", "russia>china", "russia>other",
    "other>russia", "other>ukraine", "other",
)  # fmt: skip
CLAIMS = ("china>russia", "china>it")
PLAINNESS = ("transfer", "help", "enabling", "receiving", "evasion", "imagery", "goods", "link")


class Claims(NamedTuple):
    """The frames of a sentence, the pair of each, and the frame that says most plainly what China gives Russia.

    A pair is one of ``PAIRS``; ``china>it`` is China giving to nobody named, where Russia is named beside it.
    """

    frames: list[Frame]
    pairs: list[str]
    plainest: Frame | None


def claims(sentence: Sentence) -> Claims:
    """Read the claims of a sentence, once."""
    if "claims" not in sentence.notes:
        sentence.notes["claims"] = _claims(sentence)
    found: Claims = sentence.notes["claims"]
    return found


def _claims(sentence: Sentence) -> Claims:
    found = frames(sentence)
    russia = any(hit.tag == "russia" for hit in sentence.hits)
    pairs = [_pair(frame.giver, frame.receiver, russia) for frame in found]
    return Claims(found, pairs, _plainest(found, pairs))


def _plainest(found: list[Frame], pairs: list[str]) -> Frame | None:
    ranked = [
        (CLAIMS.index(pair), PLAINNESS.index(found[place].act), place)
        for place, pair in enumerate(pairs)
        if pair in CLAIMS
    ]
    return found[min(ranked)[2]] if ranked else None


@cache
def _pair(giver: str | None, receiver: str | None, russia: bool) -> str:
    if giver == receiver:
        return "other"
    name = f"{_party(giver, 'giver')}>{_party(receiver, 'receiver')}"
    if name == "china>?" and russia:
        return "china>it"
    return name if name in PAIRS else "other"


def _party(side: str | None, role: str) -> str:
    if side in {"china", "russia"} or (side == "ukraine" and role == "receiver"):
        return str(side)
    return "?" if side is None else "other"
