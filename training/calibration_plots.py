"""Reliability of the same model before and after calibration, side by side."""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from training.calibration import expected_calibration_error, reliability
from training.metrics import log_loss
from training.scored import Scored


def reliability_panels(panels: Mapping[str, Scored]) -> Figure:
    """Accuracy over confidence, one panel a scored set, with its calibration error and log loss."""
    figure = Figure(figsize=(4.0 * len(panels), 4.0), dpi=90, layout="constrained")
    for place, (name, scored) in enumerate(panels.items(), 1):
        found = reliability(scored)
        bins = len(found.share)
        axes = figure.add_subplot(1, len(panels), place)
        axes.plot([0, 1], [0, 1], color="#bbbbbb", linewidth=1, linestyle="--")
        axes.bar(np.arange(bins) / bins, found.share, width=1 / bins, align="edge", color="#dddddd")
        axes.plot(found.confidence, found.accuracy, "o-", color="#1f6f8b")
        figures = f"ECE {expected_calibration_error(scored):.3f}, log loss {log_loss(scored):.3f}"
        axes.set(xlim=(0, 1), ylim=(0, 1.02), xlabel="confidence", ylabel="accuracy", title=f"{name}\n{figures}")
        axes.spines[["top", "right"]].set_visible(False)
    return figure
