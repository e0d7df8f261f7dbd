"""The learning curve as a plot and a page of the documentation."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from matplotlib.figure import Figure
from rich.console import Console
from rich.table import Table

from training.card import table
from training.learning_curve import Summary, by_family

PAGE = "learning-curve.md"
IMAGE = "images/learning-curve.png"
READING = "## Reading"

COLUMNS = ("family", "share", "texts", "macro-F1", "lowest to highest", "precision of support", "cross-validated")


@dataclass(frozen=True)
class Made:
    """How a curve was made: on which texts, from which corpus, by which command."""

    data: str
    data_texts: int
    digest: str
    seeds: int
    folds: int
    arguments: Sequence[str]


def rows(summaries: Sequence[Summary]) -> list[list[str]]:
    """Return the table's rows, in the order of ``COLUMNS``."""
    return [
        [
            found.family,
            f"{found.size:.0%}",
            str(found.texts),
            f"{found.macro_f1:.3f}",
            f"{found.low:.3f} to {found.high:.3f}",
            f"{found.support_precision:.3f}",
            f"{found.cross_validated:.3f}",
        ]
        for found in summaries
    ]


def page(summaries: Sequence[Summary], made: Made) -> str:
    """Return the page, without a reading of it."""
    return f"""# What more texts are worth

![Macro-F1 against the number of training texts]({IMAGE})

Macro-F1 on {made.data_texts} texts ({made.data}) of models fitted on a share of the training split, each batch of
it drawn from alike; {made.seeds} draw(s) of each share, and the band runs from the lowest to the highest of them.
At 100 % the draws are the same texts, and only what a fit itself draws differs. Probabilities are calibrated on
{made.folds} folds by batch and shifted to the prior of `training/candidates.yaml`. The last column is the macro-F1 of
the same folds' held-out answers for the corpus itself, before that shift: how far it lies above the column `macro-F1`
is how much easier the corpus is than the texts measured.

{table(COLUMNS, rows(summaries))}

Corpus `{made.digest}`. Made by

    python -m training {shlex.join(made.arguments)}
"""


def show(console: Console, summaries: Sequence[Summary], made: Made) -> None:
    """Print the table."""
    printed = Table(title=f"Macro-F1 on {made.data_texts} texts ({made.data})", title_justify="left")
    for place, column in enumerate(COLUMNS):
        printed.add_column(column, justify="left" if place == 0 else "right")
    for row in rows(summaries):
        printed.add_row(*row)
    console.print(printed)


def draw(summaries: Sequence[Summary], data: str) -> Figure:
    """Draw one line and band a family, over the number of texts on a logarithmic axis."""
    figure = Figure(figsize=(7.0, 4.6), dpi=120, layout="constrained")
    axes = figure.add_subplot()
    for family, found in by_family(summaries):
        texts = [summary.texts for summary in found]
        (line,) = axes.plot(texts, [summary.macro_f1 for summary in found], "o-", label=family)
        low, high = ([getattr(summary, end) for summary in found] for end in ("low", "high"))
        axes.fill_between(texts, low, high, color=line.get_color(), alpha=0.15, linewidth=0)
    ticks = sorted({summary.texts for summary in summaries})
    axes.set(xscale="log", xlabel="training texts", ylabel=f"macro-F1 on {data}", title="What more texts are worth")
    axes.set_xticks(ticks, [str(tick) for tick in ticks])
    axes.minorticks_off()
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, loc="lower right")
    return figure


def write_page(directory: Path, summaries: Sequence[Summary], made: Made) -> None:
    """Write page and plot, each whole or not at all; what stands from ``## Reading`` on in an older page is kept."""
    file = directory / PAGE
    kept = file.read_text("utf-8").partition(READING) if file.exists() else ("", "", "")
    reading = f"\n{READING}{kept[2]}" if kept[1] else ""
    image = BytesIO()
    draw(summaries, made.data).savefig(image, format="png", metadata={"Software": None})
    _write(directory / IMAGE, image.getvalue())
    _write(file, (page(summaries, made) + reading).encode())


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".tmp")
    draft.write_bytes(content)
    draft.replace(file)
