"""The vote of the best of each family: what it weighs, and the candidates that it consists of."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from training.candidates import VOTE, Candidate
from training.metrics import confusion, macro_f1
from training.scored import IntArray, from_probabilities
from training.search.trials import Best

STEPS = 20


@dataclass(frozen=True)
class Found:
    """What a search ends with: the tuned candidate last, its members before it, and its held-out macro-F1."""

    candidates: list[Candidate]
    macro_f1: float

    @property
    def winner(self) -> Candidate:
        """The tuned candidate."""
        return self.candidates[-1]


def combine(bests: Sequence[Best], truth: IntArray) -> Found:
    """The best candidate alone, or its vote with the best of the other family where that is better.

    The weight is chosen on the held-out probabilities of both, which cost nothing more (as ensemble selection
    does, Caruana et al. 2004); its one parameter can fit little of their noise.

    Args:
        bests: one or two.
        truth: label of each text as its place in ``LABELS``, shape (texts,).
    """
    alone = max(bests, key=lambda best: best.macro_f1)
    single = Found([alone.candidate.model_copy(update={"name": "tuned"})], alone.macro_f1)
    if len(bests) == 1:
        return single
    first, second = bests
    weights = np.arange(1, STEPS) / STEPS
    figures = [_macro_f1(truth, w * first.held_out + (1 - w) * second.held_out) for w in weights]
    best = int(np.argmax(figures))
    if figures[best] <= alone.macro_f1:
        return single
    share = round(float(weights[best]), 2)
    voted = Candidate(
        name="tuned",
        family="vote",
        members=(first.candidate.name, second.candidate.name),
        classifier=VOTE,
        params={"weights": [share, round(1 - share, 2)]},
    )
    members = [found.candidate.model_copy(update={"competes": False}) for found in bests]
    return Found([*members, voted], figures[best])


def _macro_f1(truth: IntArray, probabilities: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> float:
    scored = from_probabilities(truth, probabilities)
    return float(macro_f1(confusion(scored.truth, scored.stances)))
