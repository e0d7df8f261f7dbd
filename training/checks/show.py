"""What the checks print: counts of the corpus, and every finding with its state."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from features.labels import LABELS
from training.checks.finding import Finding
from training.checks.limits import APART
from training.record import Record

STYLES = {"ok": "green", "failed": "bold red", "skipped": "yellow"}


def show_counts(console: Console, records: Sequence[Record]) -> None:
    """Count texts by label within each kind, genre and phenomenon, those of the start under its name alone."""
    new = [record for record in records if record.batch not in APART]
    table = Table(title=f"{len(new)} texts beside the {len(records) - len(new)} of the start", title_justify="left")
    for place, column in enumerate(("field", "value", *LABELS, "all")):
        table.add_column(column, justify="left" if place < 2 else "right")  # noqa: PLR2004
    for field in ("kind", "genre", "phenomenon"):
        counts = Counter((getattr(record, field), record.label) for record in new)
        for value in sorted({str(value) for value, _ in counts if value}):
            held = [counts[value, label] for label in LABELS]
            table.add_row(field, value, *(str(count) for count in held), str(sum(held)))
        table.add_section()
    console.print(table)


def show_findings(console: Console, findings: Sequence[Finding]) -> None:
    """Print one line a finding."""
    for finding in findings:
        console.print(f"{finding.state:<8}", style=STYLES[finding.state], end="")
        console.print(f"{finding.check}: {finding.said}", markup=False, highlight=False, soft_wrap=True)
