"""``cost``: fit seconds and memory of training as the corpus grows."""

# ruff: noqa: PLC0415, PLR0917

from pathlib import Path
from typing import Annotated

import typer

from training.commands.options import Corpus, PlanFile, Seed, open_console, settings_from


def cost(
    sizes: Annotated[str, typer.Option(help="Numbers of texts.")] = "10000,30000,100000",
    candidates: Annotated[str, typer.Option(help="Names, separated by commas.")] = "ngrams-logistic,claims-vote",
    page: Annotated[Path, typer.Option(help="Where the table is written.")] = Path("docs/cost.md"),
    plan_file: PlanFile = None,
    seed: Seed = 0,
    corpus: Corpus = None,
) -> None:
    """Measure what fitting costs at several sizes of the corpus, and write the table."""
    from training.candidates import FILE, read_plan
    from training.expense import expense_page, measure_expense

    plan = read_plan(plan_file or FILE)
    chosen = plan.chosen([name.strip() for name in candidates.split(",")])
    counts = [int(size) for size in sizes.split(",")]
    found = measure_expense(chosen, plan, settings_from(corpus=corpus).corpus, counts, seed)
    written = expense_page(found)
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(written, "utf-8")
    open_console().print(written, markup=False)
