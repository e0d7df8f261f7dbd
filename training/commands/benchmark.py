"""``benchmark``: one classifier for each target of a benchmark, measured alone and pooled."""

# ruff: noqa: PLC0415, PLR0917

from pathlib import Path
from typing import Annotated

import typer

from training.commands.options import Seed, open_console

BENCHMARK = Path(__file__).parents[1] / "targets" / "semeval2016.yaml"


def benchmark(
    train: Annotated[Path | None, typer.Option(help="Training texts; those of the target file by default.")] = None,
    test: Annotated[Path | None, typer.Option(help="Texts to answer; without, five-fold cross-validation.")] = None,
    target: Annotated[Path, typer.Option(help="Target file.")] = BENCHMARK,
    candidate: Annotated[str, typer.Option(help="Names, separated by commas; the default one by default.")] = "",
    jobs: Annotated[int, typer.Option(help="Processes; -1 for one a core.")] = -1,
    seed: Seed = 0,
) -> None:
    """Measure one classifier for each target of a benchmark; the last line is JSON."""
    from training.benchmark import answer_test, cross_validate
    from training.benchmark_report import show_benchmark
    from training.target import read_target
    from training.target_corpus import read_claims

    named = read_target(target)
    plan, texts = named.plan(), read_claims(named, train)
    console = open_console()
    for name in [name.strip() for name in candidate.split(",") if name.strip()] or [plan.default]:
        chosen = plan.candidate(name)
        if test is None:
            found = cross_validate(plan, chosen, texts, seed=seed, jobs=jobs)
        else:
            found = answer_test(plan, chosen, texts, read_claims(named, test), seed=seed, jobs=jobs)
        show_benchmark(console, found, f"{plan.folds}-fold cross-validation" if test is None else test.name)
        typer.echo(found.as_json())
