"""Figures that MLflow shows in a run's page; drawn without pyplot, so no global state and no display."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from sklearn.metrics import average_precision_score, precision_recall_curve

from features.labels import LABELS
from training.calibration import reliability
from training.growth import Growth, values
from training.metrics import Metric, confusion
from training.scored import Scored
from training.slices import Row

LEAST_TEXTS = 20
COLOURS = {"support": "#b3402a", "deny": "#1f6f8b", "neutral": "#7a7a7a"}


def draw(scored: Scored, slices: list[Row]) -> dict[str, Figure]:
    """Draw every figure of a scored set, by file name."""
    return {
        "confusion.png": confusion_figure(scored),
        "precision_recall.png": precision_recall_figure(scored),
        "reliability.png": reliability_figure(scored),
        "slices.png": slices_figure(slices),
    }


def _axes(title: str, across: str, up: str, size: tuple[float, float] = (5.0, 4.2)) -> tuple[Figure, Axes]:
    figure = Figure(figsize=size, dpi=100, layout="constrained")
    axes = figure.add_subplot()
    axes.set(title=title, xlabel=across, ylabel=up)
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def confusion_figure(scored: Scored) -> Figure:
    """Counts by label and answer, shaded by share of the label."""
    matrix = confusion(scored.truth, scored.stances)
    shares = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    figure, axes = _axes("Confusion", "answer", "label")
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(LABELS)), LABELS)
    axes.set_yticks(range(len(LABELS)), LABELS)
    for row, column in np.ndindex(*matrix.shape):
        dark = shares[row, column] > 0.5  # noqa: PLR2004
        share = f"{matrix[row, column]}\n{shares[row, column]:.0%}"
        axes.text(column, row, share, ha="center", va="center", color="white" if dark else "black")
    return figure


def precision_recall_figure(scored: Scored) -> Figure:
    """Precision over recall, one label against the rest; labels without a text are left out."""
    figure, axes = _axes("Precision and recall", "recall", "precision")
    for place, label in enumerate(LABELS):
        wanted = scored.truth == place
        if not wanted.any():
            continue
        given = scored.probabilities[:, place]
        precision, recall, _ = precision_recall_curve(wanted, given)
        area = average_precision_score(wanted, given)
        axes.step(recall, precision, where="post", color=COLOURS[label], label=f"{label}, AP {area:.2f}")
    axes.set(xlim=(0, 1), ylim=(0, 1.02))
    axes.legend(frameon=False, loc="lower left")
    return figure


def reliability_figure(scored: Scored) -> Figure:
    """Accuracy over confidence in bins of equal width; the bars below show where the texts are."""
    found = reliability(scored)
    figure, axes = _axes("Reliability", "confidence", "accuracy")
    axes.plot([0, 1], [0, 1], color="#bbbbbb", linewidth=1, linestyle="--")
    edges = np.arange(len(found.share)) / len(found.share)
    axes.bar(edges, found.share, width=1 / len(found.share), align="edge", color="#dddddd", label="share of texts")
    axes.plot(found.confidence, found.accuracy, "o-", color="#1f6f8b", label="accuracy")
    axes.set(xlim=(0, 1), ylim=(0, 1.02))
    axes.legend(frameon=False, loc="upper left")
    return figure


def growth_figure(candidates: Mapping[str, Growth], metric: Metric) -> Figure:
    """The metric on the test split over the number of texts learned from, a line for each candidate."""
    title = "Learning curve, before calibration"
    figure, axes = _axes(title, "texts learned from", f"{metric.title}, frozen texts", size=(6.0, 4.2))
    for name, growth in candidates.items():
        found = values(growth, metric)
        axes.plot(list(found), list(found.values()), "o-", label=name)
    axes.set_xlim(left=0)
    axes.legend(frameon=False, loc="best")
    return figure


def slices_figure(slices: list[Row]) -> Figure:
    """Accuracy of every slice of twenty texts or more, with its number of texts; the table has the smaller ones."""
    slices = [row for row in slices if row["texts"] >= LEAST_TEXTS]
    names = [f"{row['field']}: {row['value']} ({row['texts']})" for row in slices]
    figure, axes = _axes("Accuracy by slice", "accuracy", "", size=(7.0, 1.2 + 0.24 * len(slices)))
    axes.barh(range(len(slices)), [row["accuracy"] for row in slices], color="#1f6f8b")
    axes.set_yticks(range(len(slices)), names, fontsize=8)
    axes.set(xlim=(0, 1), ylim=(len(slices) - 0.4, -0.6))
    return figure
