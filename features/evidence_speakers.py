"""What each speaker of a text holds: its evidence put together by speaker."""

from collections.abc import Iterable

from features.evidence import SentenceEvidence
from features.labels import LABELS


def by_speaker(evidence: Iterable[SentenceEvidence]) -> list[tuple[str, str, float]]:
    """Return ``(speaker, stance, weight)`` of each speaker, the weightiest first, those that weigh the same by name.

    The stance is the one with the largest sum of probabilities over what the speaker says, each sentence counted
    by its weight (all alike where none weighs anything). Weights are shares in the stance of the whole text and
    sum to at most 1; what nobody is said to say is left out. Names that differ in case alone are one speaker.
    """
    said: dict[str, list[SentenceEvidence]] = {}
    for sentence in evidence:
        if sentence.speaker:
            said.setdefault(sentence.speaker.casefold(), []).append(sentence)
    rows = [(str(own[0].speaker), _stance(own), sum(sentence.weight for sentence in own)) for own in said.values()]
    return sorted(rows, key=lambda row: (-row[2], row[0]))


def _stance(said: list[SentenceEvidence]) -> str:
    weighed = any(sentence.weight for sentence in said)

    def held(label: str) -> float:
        return sum(s.probabilities[label] * (s.weight if weighed else 1.0) for s in said)

    return max(LABELS, key=held)
