"""Run the behavioural suite: ``python -m tests.behaviour [BUNDLE]``, a bundle or a directory with ``current``."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.behaviour.suite import Outcome, by_capability, pass_rate, read_suite, run
from training.bundle import read_bundle
from training.errors import TrainingError

MODELS = Path("models")
PIPED_WIDTH = 130


def main() -> int:
    """Run the suite, show it, and print its sum as one line of JSON; status 0 however many cases fail."""
    terminal = Console()
    console = terminal if terminal.is_terminal else Console(width=PIPED_WIDTH)
    try:
        bundle = read_bundle(Path(sys.argv[1]) if len(sys.argv) > 1 else MODELS)
    except TrainingError as error:
        Console(stderr=True).print(str(error), style="red", markup=False, soft_wrap=True)
        return error.status
    outcomes = run(bundle.model, read_suite())
    show(console, outcomes)
    passed = sum(outcome.fault is None for outcome in outcomes)
    total = {"cases": len(outcomes), "passed": passed, "rate": round(pass_rate(outcomes), 4)}
    console.print(json.dumps(total), highlight=False, markup=False, soft_wrap=True)
    return 0


def show(console: Console, outcomes: Sequence[Outcome]) -> None:
    """A row for each capability, then a line for each case that failed."""
    table = Table("capability", "type", title="Behaviour by capability", title_justify="left")
    for name in ("cases", "passed", "rate"):
        table.add_column(name, justify="right")
    for capability, cases in by_capability(outcomes).items():
        passed = sum(case.fault is None for case in cases)
        table.add_row(capability, cases[0].type, str(len(cases)), str(passed), f"{pass_rate(cases):.2f}")
    console.print(table)
    for outcome in outcomes:
        if outcome.fault:
            line = f"[{outcome.capability}] {outcome.text} -> {outcome.fault}"
            console.print(line, markup=False, highlight=False, soft_wrap=True)


if __name__ == "__main__":
    sys.exit(main())
