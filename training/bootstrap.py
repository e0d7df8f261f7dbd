"""Intervals by bootstrap over groups, from confusion counts alone.

Texts of one group (paraphrases, sentences of one article) stand or fall together, so groups are drawn, not
texts. A draw is a vector of multiplicities, and the confusion of a resample is their product with the
confusions of the groups: thousands of resamples cost one matrix product (Efron & Tibshirani 1993, chapter 13
for percentile intervals).
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from features.labels import LABELS
from training.metrics import confusion, macro_f1
from training.scored import FloatArray, IntArray, Scored

DRAWS = 2_000
_CELLS = 10_000_000

Statistic = Callable[[IntArray], FloatArray]


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate and its 95 % percentile interval."""

    estimate: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.estimate:.3f} [{self.low:.3f}, {self.high:.3f}]"

    @property
    def signed(self) -> str:
        """The interval written as a difference."""
        return f"{self.estimate:+.3f} [{self.low:+.3f}, {self.high:+.3f}]"


def score_interval(
    scored: Scored,
    groups: Sequence[Hashable],
    statistic: Statistic = macro_f1,
    draws: int = DRAWS,
    seed: int = 0,
) -> Interval:
    """Estimate of a statistic (macro-F1) and its interval; ``groups`` has one entry a text."""
    estimate = float(statistic(confusion(scored.truth, scored.stances)))
    (counts,) = _resampled([scored], groups, draws, seed)
    return _interval(estimate, statistic(counts))


def paired_difference(
    challenger: Scored,
    champion: Scored,
    groups: Sequence[Hashable],
    *,
    statistic: Statistic = macro_f1,
    draws: int = DRAWS,
    seed: int = 0,
) -> Interval:
    """Difference of a statistic, challenger minus champion, both scored on the same texts in the same order.

    Every draw takes the same groups for both, so that what is hard for both cancels out.
    """
    estimate = float(
        statistic(confusion(challenger.truth, challenger.stances))
        - statistic(confusion(champion.truth, champion.stances))
    )
    ours, theirs = _resampled([challenger, champion], groups, draws, seed)
    return _interval(estimate, statistic(ours) - statistic(theirs))


def _interval(estimate: float, values: FloatArray) -> Interval:
    low, high = np.quantile(values, [0.025, 0.975])
    return Interval(estimate, float(low), float(high))


def _resampled(sets: Sequence[Scored], groups: Sequence[Hashable], draws: int, seed: int) -> list[IntArray]:
    """Confusions of ``draws`` resamples of groups, the same for every set: each of shape (draws, 3, 3)."""
    places = {group: place for place, group in enumerate(dict.fromkeys(groups))}
    rows = np.array([places[group] for group in groups], dtype=np.int64)
    size, cells = len(places), len(LABELS) ** 2
    tables = []
    for scored in sets:
        flat = rows * cells + scored.truth * len(LABELS) + scored.stances
        tables.append(np.bincount(flat, minlength=size * cells).reshape(size, cells).astype(np.float64))
    random = np.random.default_rng(seed)
    step = max(1, _CELLS // size)
    parts: list[list[FloatArray]] = [[] for _ in sets]
    for start in range(0, draws, step):
        drawn = random.multinomial(size, np.full(size, 1 / size), size=min(step, draws - start))
        times = drawn.astype(np.float64)
        for part, table in zip(parts, tables, strict=True):
            part.append(times @ table)
    shape = (draws, len(LABELS), len(LABELS))
    return [np.rint(np.concatenate(part)).astype(np.int64).reshape(shape) for part in parts]
