"""What a parent run says of a whole training: the ranking, who won and why, and what the gate said."""

from collections.abc import Sequence

import mlflow
from matplotlib.figure import Figure

from training.card import table
from training.gate import Decision
from training.last_training import CHOSEN_RUN
from training.logged import log_rows
from training.measured import Measured
from training.metrics import Metric
from training.plots import growth_figure
from training.trial import Contender

COSTS = ("ece", "fit_seconds", "texts_per_second", "model_bytes")


def log_summary(ranking: Sequence[Measured], best: Contender, metric: Metric, version: str, decision: Decision) -> None:
    """Write on the active run which candidate won, why, and what the gate said."""
    name = best.measured.candidate.name
    key = metric.key
    columns = (f"cv_{key}", key, f"{key}_low", f"{key}_high", *COSTS)
    rows = [[found.candidate.name, *(f"{found.figures[column]:.4g}" for column in columns)] for found in ranking]
    note = (
        f"**{name}** has the best held-out probabilities (log loss) of the candidates that compete and whose "
        f"cross-validated {metric.title} lies within the interval of the best. It is version {version}; "
        f"{decision.reason}.\n\n"
        f"{table(['candidate', *columns], rows)}"
    )
    mlflow.set_tags({"mlflow.note.content": note, CHOSEN_RUN: best.run_id, "candidate": name})
    mlflow.set_tags({"version": version, "gate": decision.outcome})
    mlflow.log_metrics(best.measured.rounded)
    mlflow.log_text(note, "summary.md")
    mlflow.log_figure(ranking_figure(ranking, metric), "plots/ranking.png")
    curves = {found.candidate.name: found.trained.growth for found in ranking}
    mlflow.log_figure(growth_figure(curves, metric), "plots/learning_curve.png")
    log_rows(
        [{"candidate": m.candidate.name, "family": m.candidate.family, **m.rounded} for m in ranking],
        "tables/ranking.json",
    )
    if decision.difference:
        found = decision.difference
        mlflow.log_metrics({"difference": found.estimate})
        mlflow.log_metrics({"difference_low": found.low, "difference_high": found.high})


def ranking_figure(ranking: Sequence[Measured], metric: Metric) -> Figure:
    """The metric of every candidate with its 95 % interval, cross-validated and on the frozen test split."""
    figure = Figure(figsize=(7.0, 1.2 + 0.4 * len(ranking)), dpi=100, layout="constrained")
    axes = figure.add_subplot()
    for shift, prefix, name, colour in (
        (-0.13, "cv_", "held-out folds", "#7a7a7a"),
        (0.13, "", "frozen test split", "#1f6f8b"),
    ):
        key = prefix + metric.key
        middle = [found.figures[key] for found in ranking]
        below = [found.figures[key] - found.figures[f"{key}_low"] for found in ranking]
        above = [found.figures[f"{key}_high"] - found.figures[key] for found in ranking]
        # A bootstrap interval may lie to one side of its estimate where a class is rare.
        error = [[max(0.0, length) for length in side] for side in (below, above)]
        places = [place + shift for place in range(len(ranking))]
        axes.errorbar(middle, places, xerr=error, fmt="o", color=colour, capsize=3, label=name)
    axes.set_yticks(range(len(ranking)), [found.candidate.name for found in ranking])
    axes.invert_yaxis()
    axes.set(title="Candidates", xlabel=f"{metric.title}, 95 % interval")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, loc="best")
    return figure
