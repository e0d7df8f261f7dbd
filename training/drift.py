"""How far traffic has moved away from what the model was measured on, statistic by statistic.

PSI, the population stability index, is the sum of (p - q) ln(p / q) over bins; by the usual rule of thumb of
credit scoring up to 0.1 is no shift and above 0.25 a large one (Siddiqi 2006, "Credit risk scorecards"). Where
nothing has moved it is distributed like chi-squared times (1/n + 1/m) (Yurdakul 2018, "Statistical properties of
population stability index"), which tells what chance alone would make of so many texts.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from scipy.spatial.distance import jensenshannon
from scipy.stats import chi2
from sklearn.pipeline import Pipeline

from features.answer import score
from features.profile import LENGTH_BINS, STATISTICS, answer_counts, content_counts, known_words
from training.feedback import Profile
from training.scored import FloatArray

SOME, LARGE = 0.1, 0.25
TAGS_SHOWN = 15
READ = frozenset({"words", "tags"})  # statistics taken of the texts read, not of all answered


@dataclass(frozen=True, slots=True)
class Shift:
    """One statistic, expected and seen.

    Attributes:
        statistic: its name.
        bins: names of its bins.
        expected: share of each bin in the reference, shape (bins,).
        seen: share of each bin in the traffic, shape (bins,).
        texts: how many texts each of the two stands on.
        psi: population stability index; 0 is none.
        jensen_shannon: divergence in bits, from 0 to 1.
        chance: the PSI that chance alone exceeds once in twenty times.
    """

    statistic: str
    bins: tuple[str, ...]
    expected: FloatArray
    seen: FloatArray
    texts: tuple[int, int]
    psi: float
    jensen_shannon: float
    chance: float

    @property
    def verdict(self) -> str:
        """The shift in words; none where chance would explain it."""
        if self.psi <= max(SOME, self.chance):
            return "no shift"
        return "some shift" if self.psi <= LARGE else "large shift"


def profile(model: Pipeline, texts: Sequence[str]) -> Profile:
    """Count texts and their answers just as the service counts its traffic."""
    vocabulary = known_words(model)
    found: Profile = {}
    for text, answer in zip(texts, score(model, texts), strict=True):
        for statistic, name, value in chain(answer_counts(text, answer), content_counts(text, vocabulary)):
            found[statistic, name] = found.get((statistic, name), 0.0) + value
    return found


def shifts(reference: Profile, traffic: Profile) -> list[Shift]:
    """Compare every statistic that both have."""
    return [found for name in STATISTICS if (found := _shift(name, reference, traffic)) is not None]


def exceeds(found: Mapping[str, Sequence[Shift]], limit: float) -> bool:
    """Whether any PSI, against any reference, is above a limit and above what chance makes."""
    return any(shift.psi > max(limit, shift.chance) for shift in chain.from_iterable(found.values()))


def as_json(found: Mapping[str, Sequence[Shift]]) -> str:
    """PSI, divergence and verdict of every statistic against every reference, as one line."""
    return json.dumps(
        {
            reference: {
                shift.statistic: {
                    "psi": round(shift.psi, 4),
                    "jensen_shannon": round(shift.jensen_shannon, 4),
                    "verdict": shift.verdict,
                }
                for shift in shifted
            }
            for reference, shifted in found.items()
        }
    )


def _shift(statistic: str, reference: Profile, traffic: Profile) -> Shift | None:
    counted = "read" if statistic in READ else "answered"
    texts = tuple(round(side.get(("texts", counted), 0)) for side in (reference, traffic))
    bins = _bins(statistic, reference, traffic)
    values = [np.array([side.get((statistic, name), 0.0) for name in bins]) for side in (reference, traffic)]
    if not all(texts) or not all(found.sum() for found in values) or len(bins) < 2:  # noqa: PLR2004
        return None
    expected, seen = (_shares(found, count) for found, count in zip(values, texts, strict=True))
    return Shift(
        statistic=statistic,
        bins=bins,
        expected=expected,
        seen=seen,
        texts=(texts[0], texts[1]),
        psi=float(((seen - expected) * np.log(seen / expected)).sum()),
        jensen_shannon=float(jensenshannon(expected, seen, base=2) ** 2),
        chance=float(chi2.ppf(0.95, len(bins) - 1) * sum(1 / count for count in texts)),
    )


def _bins(statistic: str, *sides: Profile) -> tuple[str, ...]:
    """The bins of a statistic, most frequent first, but lengths by length; of the tags only the most frequent."""
    totals: dict[str, float] = {}
    for side in sides:
        whole = sum(value for (name, _), value in side.items() if name == statistic)
        for (name, place), value in side.items():
            if name == statistic:
                totals[place] = totals.get(place, 0.0) + value / whole
    if statistic == "length":
        return tuple(name for name in LENGTH_BINS if name in totals)
    ordered = sorted(totals, key=lambda place: (-totals[place], place))
    return tuple(ordered[:TAGS_SHOWN] if statistic == "tags" else ordered)


def _shares(values: FloatArray, texts: int) -> FloatArray:
    """Shares of the bins, as if every bin had been met half a time more, so that none is empty."""
    met = values / values.sum() * texts + 0.5
    return np.asarray(met / met.sum(), dtype=np.float64)
