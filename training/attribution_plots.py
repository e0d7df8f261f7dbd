"""Bars of what the members of a model go by."""

from matplotlib.figure import Figure

from features.labels import LABELS
from training.attribution import Strengths
from training.plots import COLOURS

MOST = 15


def strengths_figure(member: str, found: Strengths) -> Figure:
    """The strongest columns for each label side by side, the strongest above."""
    labels = [label for label in LABELS if label in found.classes]
    figure = Figure(figsize=(5.0 * len(labels), 0.7 + 0.27 * MOST), dpi=90, layout="constrained")
    figure.suptitle(_title(member, found))
    for place, label in enumerate(labels, 1):
        axes = figure.add_subplot(1, len(labels), place)
        strongest = found.strongest(label, MOST)
        names = [readable(name) for name, _ in strongest]
        weights = [weight for _, weight in strongest]
        # A hatched bar speaks against the label where it is met.
        hatches = ["//" if weight < 0 else "" for weight in weights]
        axes.barh(range(len(names)), [abs(weight) for weight in weights], color=COLOURS[label], hatch=hatches)
        axes.set_yticks(range(len(names)), names, fontsize=8, parse_math=False)
        axes.invert_yaxis()
        axes.spines[["top", "right"]].set_visible(False)
        axes.set_title(label)
    return figure


def readable(name: str) -> str:
    """A column's name with its block in brackets behind it."""
    block, _, feature = name.partition("__")
    return f"{feature} [{block}]" if feature else name


def _title(member: str, found: Strengths) -> str:
    if found.kind == "SHAP":
        return f"{member}: mean absolute SHAP value by label; hatched speaks against it where it is met"
    return f"{member}: highest coefficients by label"
