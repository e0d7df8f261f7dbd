"""What the commands print: tables on the console."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from features.labels import LABELS
from training.calibrators import Side
from training.compare import COMPARED, COSTS, Comparison
from training.corpus import Corpus
from training.evaluate import Evaluation
from training.measured import Measured
from training.metrics import MACRO_F1, Metric, confusion
from training.slices import Row


def show_ranking(console: Console, ranking: Sequence[Measured], metric: Metric) -> None:
    """Candidates best first, with what they are worth and cost."""
    table = _table(f"Candidates, by cross-validated {metric.title}", "candidate")
    for name in (f"cv {metric.title}", metric.title, "95 %", *LABELS, "ECE", "fit s", "texts/s", "MB"):
        table.add_column(name, justify="right", no_wrap=True)
    for found in ranking:
        of = found.figures
        table.add_row(
            found.candidate.name,
            f"{of[f'cv_{metric.key}']:.3f}",
            f"{of[metric.key]:.3f}",
            f"{of[f'{metric.key}_low']:.3f}-{of[f'{metric.key}_high']:.3f}",
            *(f"{of[f'{label}_f1']:.3f}" for label in LABELS),
            f"{of['ece']:.3f}",
            f"{of['fit_seconds']:.1f}",
            f"{of['texts_per_second']:.0f}",
            f"{of['model_bytes'] / 1e6:.2f}",
        )
    console.print(table)


def show_next(console: Console, to_promote: str | None, words: Sequence[str]) -> None:
    """What one can do after a training; ``words`` say to `make` which claim, store, bundles and texts are meant."""
    console.print("why: make ui", highlight=False)
    if to_promote is not None:
        command = " ".join([f"make promote RUN={to_promote}", *words])
        console.print(f"another champion, by a name above: {command}", soft_wrap=True, markup=False, highlight=False)


def show_evaluation(console: Console, found: Evaluation) -> None:
    """Figures, classes, confusion, slices, halves and errors of an evaluation."""
    console.print(f"macro-F1 {found.macro_f1} (95 %, bootstrap) on {len(found.scored)} texts")
    if found.metric != MACRO_F1:
        console.print(f"{found.metric.title} {found.reached}")
    named = ("accuracy", "log_loss", "brier", "ece")
    console.print(", ".join(f"{name} {found.figures[name]:.3f}" for name in named))
    for name, interval in found.halves.items():
        console.print(f"half {name}: macro-F1 {interval}")
    classes = _table("By stance", "stance", "precision", "recall", "F1")
    for label in LABELS:
        values = (found.figures[f"{label}_{name}"] for name in ("precision", "recall", "f1"))
        classes.add_row(label, *(f"{value:.3f}" for value in values))
    console.print(classes)
    matrix = _table("Confusion: label down, answer across", "", *LABELS)
    for label, counts in zip(LABELS, confusion(found.scored.truth, found.scored.stances), strict=True):
        matrix.add_row(label, *(str(count) for count in counts))
    console.print(matrix)
    show_slices(console, found.slices)
    for error in found.errors:
        said = f"{error['label']} taken for {error['stance']} ({error['probability_of_stance']:.2f})"
        console.print(f"[{error['id']}] {said}: {error['text']}", markup=False, soft_wrap=True)


def show_slices(console: Console, slices: Sequence[Row]) -> None:
    """Figures of each slice."""
    if not slices:
        return
    table = _table("By slice", "field", "value", "texts", "macro-F1", "accuracy", *(f"{label} F1" for label in LABELS))
    names = ("macro_f1", "accuracy", *(f"{label}_f1" for label in LABELS))
    for row in slices:
        figures = (f"{row[name]:.3f}" for name in names)
        table.add_row(row["field"], row["value"], str(row["texts"]), *figures)
    console.print(table)


def show_comparison(console: Console, names: tuple[str, str], found: Comparison) -> None:
    """Two models side by side."""
    table = _table("On the frozen test split", "", f"A: {names[0]}", f"B: {names[1]}")
    for name in (*COMPARED, *COSTS):
        if name in found.first and name in found.second:
            table.add_row(name, f"{found.first[name]:.4g}", f"{found.second[name]:.4g}")
    table.add_row(f"{found.metric.key}, 95 %", *(str(interval) for interval in found.reached))
    console.print(table)
    console.print(found.sentence, soft_wrap=True)


def show_corpus(console: Console, corpus: Corpus) -> None:
    """Count texts by split, label and kind."""
    table = _table(f"{len(corpus)} texts, {corpus.digest[:19]}…", "split", "kind", *LABELS, "all", "groups")
    for split in ("train", "test"):
        for kind in sorted({record.kind for record in corpus.records}):
            part = Corpus(tuple(r for r in corpus.records if (r.split, r.kind) == (split, kind)))
            counts = [str(part.labels.count(label)) for label in LABELS]
            table.add_row(split, kind, *counts, str(len(part)), str(len(set(part.groups))))
    console.print(table)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for place, column in enumerate(columns):
        table.add_column(column, justify="left" if place == 0 else "right", no_wrap=place == 0)
    return table


def show_calibrations(console: Console, candidate: str, sides: Sequence[Side]) -> None:
    """What each calibration is worth on each set of texts."""
    table = _table(f"Calibrations of {candidate}", "texts", "method", "log loss", "Brier", "ECE")
    for side in sides:
        for name, method, *figures in side.rows:
            table.add_row(name, method, *(f"{figure:.4f}" for figure in figures))
    console.print(table)
