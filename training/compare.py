"""Two models side by side on the same frozen texts."""

from collections.abc import Sequence
from dataclasses import dataclass

from scipy.stats import binomtest

from training.bootstrap import Interval, paired_difference, score_interval
from training.metrics import MACRO_F1, Metric, measure
from training.scored import Scored

COMPARED = (
    "macro_f1", "support_f1", "deny_f1", "neutral_f1", "accuracy", "log_loss", "brier", "ece",
)  # fmt: skip
SMALLEST_SHOWN = 0.001
COSTS = ("fit_seconds", "texts_per_second", "model_bytes")


@dataclass(frozen=True)
class Comparison:
    """What two models, A and B, have in common and apart.

    Attributes:
        first: figures of A by name, costs of its run included.
        second: the same of B.
        metric: what the two are judged by.
        reached: the metric of each with its interval.
        difference: the metric of B minus that of A, by paired bootstrap.
        only_first: texts that A alone gets right.
        only_second: texts that B alone gets right.
        mcnemar: p-value of the exact McNemar test.
    """

    first: dict[str, float]
    second: dict[str, float]
    metric: Metric
    reached: tuple[Interval, Interval]
    difference: Interval
    only_first: int
    only_second: int
    mcnemar: float

    @property
    def sentence(self) -> str:
        """The comparison in one line."""
        return (
            f"{self.metric.title} B - A {self.difference.signed}; A alone right {self.only_first}, "
            f"B alone right {self.only_second}, McNemar {_p(self.mcnemar)}"
        )


def compare(
    first: Scored,
    second: Scored,
    groups: Sequence[str],
    costs: tuple[dict[str, float], dict[str, float]],
    metric: Metric = MACRO_F1,
) -> Comparison:
    """Compare the answers of A and B to the same texts; ``costs`` are their runs' figures by name."""
    figures = [
        measure(scored) | {name: run[name] for name in COSTS if name in run}
        for scored, run in zip((first, second), costs, strict=True)
    ]
    only_first = int((first.right & ~second.right).sum())
    only_second = int((second.right & ~first.right).sum())
    return Comparison(
        first=figures[0],
        second=figures[1],
        metric=metric,
        reached=(score_interval(first, groups, metric.of), score_interval(second, groups, metric.of)),
        difference=paired_difference(second, first, groups, statistic=metric.of),
        only_first=only_first,
        only_second=only_second,
        mcnemar=mcnemar(only_first, only_second),
    )


def mcnemar(only_first: int, only_second: int) -> float:
    """Exact two-sided p-value of McNemar's test (1947), from the texts that one model alone gets right."""
    apart = only_first + only_second
    return float(binomtest(only_first, apart).pvalue) if apart else 1.0


def _p(value: float) -> str:
    """A p-value to three digits; what is smaller than they show is not called 0."""
    return "p < 0.001" if value < SMALLEST_SHOWN else f"p = {value:.3f}"
