"""What a candidate gains from more texts: its base fitted on shares of them, beside the whole."""

from collections.abc import Mapping

from matplotlib.figure import Figure
from sklearn.base import clone
from sklearn.pipeline import Pipeline

from training.corpus import Corpus
from training.learning_curve import subsample
from training.metrics import Metric, confusion
from training.scored import Scored, from_probabilities, in_label_order

SHARES = (0.25, 0.5)

Growth = Mapping[int, Scored]


def grow(model: Pipeline, train: Corpus, test: Corpus, seed: int) -> Growth:
    """Return the answers for the test split of a fitted model's base and of the same base fitted on fewer texts.

    They are neither calibrated nor shifted to another prior, which would take five fits for each point.
    ``make learning-curve`` takes them, with several draws of each share and on other texts.

    Returns:
        The answers by the number of texts that were learned from, fewest first; of shares that lack a label none.
    """
    stance = model[-1]
    bases = {}
    for share in SHARES:
        rows = subsample(train.batches, share, seed)
        documents, labels = [train.documents[row] for row in rows], [train.labels[row] for row in rows]
        if set(labels) == set(train.labels):
            bases[len(rows)] = clone(stance.base).fit(documents, labels)
    bases[len(train)] = stance.base_
    return {texts: _answers(base, test) for texts, base in bases.items()}


def _answers(base: Pipeline, test: Corpus) -> Scored:
    return from_probabilities(test.truth, in_label_order(base.predict_proba(test.documents), base.classes_))


def values(growth: Growth, metric: Metric) -> dict[int, float]:
    """Return the metric by the number of texts learned from."""
    return {texts: float(metric.of(confusion(found.truth, found.stances))) for texts, found in growth.items()}


def growth_figure(candidates: Mapping[str, Growth], metric: Metric) -> Figure:
    """The metric on the test split over the number of texts learned from, a line for each candidate."""
    figure = Figure(figsize=(6.0, 4.2), dpi=100, layout="constrained")
    axes = figure.add_subplot()
    for name, growth in candidates.items():
        found = values(growth, metric)
        axes.plot(list(found), list(found.values()), "o-", label=name)
    axes.set(
        title="Learning curve, before calibration", xlabel="texts learned from", ylabel=f"{metric.title}, frozen texts"
    )
    axes.set_xlim(left=0)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, loc="best")
    return figure
