"""Whether a challenger becomes champion, and the sentence that says why.

The rule, on the frozen test split:

1. With no champion, or one that the present code can no longer load, the challenger becomes it.
2. Its macro-F1, or the metric that its target names, must be higher, and the 95 % interval of the difference
   (paired bootstrap over groups) must lie above -0.01. The margin alone would let a row of slightly worse models
   through, one step at a time; a higher figure alone would move the champion on luck.
3. On no protected slice may its accuracy be surely lower: upper end of the interval below zero, on slices of
   thirty texts or more, but not all. (Accuracy, since slices often hold one label only, where macro-F1 leaps.)
4. It must not get fewer of the seed articles right than the champion does; where asked for, it must get all
   of them right. (Five texts are no measure, but readers know them by heart.)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from training.bootstrap import Interval, paired_difference
from training.metrics import MACRO_F1, Metric, accuracy
from training.scored import Scored
from training.smoke import Smoke

MARGIN = 0.01
SMALLEST_SLICE = 30
PROTECTED = ("kind", "phenomenon")


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether the alias moves, why, and the difference in the metric where there was one to compare with."""

    promoted: bool
    reason: str
    difference: Interval | None = None

    @property
    def outcome(self) -> str:
        """The decision in a word or two, as the tag ``gate`` has it."""
        return "promoted" if self.promoted else "not promoted"


@dataclass(frozen=True)
class Trial:
    """What the gate looks at.

    Attributes:
        challenger: answers of the challenger for the frozen test texts.
        champion: answers of the champion for the same texts; None where there is none to compare with.
        groups: group of each text.
        facets: field to the value of each text, as ``slices.facets`` gives them.
        metric: what is compared.
        smoke: what the challenger said of the seed articles.
        champion_smoke: what the champion said of them.
        seeds_block: whether any seed article gone wrong keeps the challenger out.
        no_champion: why there is no champion to compare with.
    """

    challenger: Scored
    champion: Scored | None
    groups: Sequence[str]
    facets: Mapping[str, Sequence[str]]
    metric: Metric = MACRO_F1
    smoke: Smoke | None = None
    champion_smoke: Smoke | None = None
    seeds_block: bool = False
    no_champion: str = "there was no champion"


def decide(trial: Trial, seed: int = 0) -> Decision:
    """Apply the rule above; the reason names everything that speaks against the challenger."""
    against = []
    difference = None
    found = trial.no_champion
    if trial.champion is not None:
        difference = paired_difference(
            trial.challenger, trial.champion, trial.groups, statistic=trial.metric.of, seed=seed
        )
        against_whom = f"against the champion on {len(trial.challenger)} frozen texts"
        found = f"{trial.metric.title} {difference.signed} {against_whom}"
        if difference.estimate <= 0:
            against.append("not better")
        elif difference.low <= -MARGIN:
            against.append(f"may be worse by {MARGIN} or more")
        against += worse_slices(trial, seed)
    if trial.smoke is not None:
        found = f"{found}; {trial.smoke}"
        if trial.seeds_block and trial.smoke.wrong:
            against.append("a seed article came out wrong")
        elif trial.champion_smoke is not None and trial.smoke.right < trial.champion_smoke.right:
            against.append(f"the champion gets {trial.champion_smoke.right} seed articles right")
    if against:
        return Decision(False, f"not promoted: {'; '.join(against)}; {found}", difference)
    return Decision(True, f"promoted: {found}", difference)


def worse_slices(trial: Trial, seed: int = 0) -> list[str]:
    """Protected slices on which the challenger's accuracy is lower by more than its interval."""
    worse = []
    for field in PROTECTED:
        values = np.array(trial.facets.get(field, ()))
        for value in sorted(set(values.tolist()) - {""}):
            rows = np.flatnonzero(values == value)
            if not SMALLEST_SLICE <= len(rows) < len(values) or trial.champion is None:
                continue
            groups = [trial.groups[row] for row in rows.tolist()]
            difference = paired_difference(
                trial.challenger[rows], trial.champion[rows], groups, statistic=accuracy, seed=seed
            )
            if difference.high < 0:
                worse.append(f"worse on {field} {value}, accuracy {difference.signed}")
    return worse
