"""A benchmark's figures as a table."""

import numpy as np
from rich.console import Console
from rich.table import Table

from features.labels import LABELS
from training.benchmark import Benchmark, f_avg_of, macro_f1_of
from training.metrics import class_scores, confusion
from training.scored import Scored


def show_benchmark(console: Console, found: Benchmark, measured_by: str) -> None:
    """Print F_avg with its interval, the F1 of each stance and macro-F1, by target and pooled, in points."""
    table = Table(title=f"{found.candidate}, {measured_by}", title_justify="left")
    table.add_column("target", no_wrap=True)
    for name in ("texts", "F_avg", "95 %", *(f"{label} F1" for label in LABELS), "macro-F1"):
        table.add_column(name, justify="right", no_wrap=True)
    for name, scored in found.answers.items():
        table.add_row(name, *_cells(scored))
    table.add_section()
    table.add_row("pooled", *_cells(found.pooled))
    console.print(table)


def _cells(scored: Scored) -> list[str]:
    f_avg = f_avg_of(scored)
    by_label = np.nan_to_num(class_scores(confusion(scored.truth, scored.stances))[2])
    return [
        str(len(scored)),
        f"{100 * f_avg.estimate:.2f}",
        f"{100 * f_avg.low:.1f}-{100 * f_avg.high:.1f}",
        *(f"{100 * score:.1f}" for score in by_label),
        f"{100 * macro_f1_of(scored).estimate:.2f}",
    ]
