"""Commands about the corpus: its checks, and what more of it would be worth."""

# Imports stand within the commands, as in ``training.cli``.
# ruff: noqa: PLC0415, PLR0917

import sys
from pathlib import Path
from typing import Annotated

import typer

from training.commands.options import Corpus, PlanFile, open_console, settings_from

OUTSIDE = Path("../shared/realworld/dev.jsonl")
BEHAVIOUR = Path("tests/behaviour")


def corpus_check(
    corpus: Corpus = None,
    outside: Annotated[Path, typer.Option(help="Texts kept for measuring, which the corpus must not hold.")] = OUTSIDE,
    behaviour: Annotated[Path, typer.Option(help="Directory of the behavioural suite.")] = BEHAVIOUR,
    freeze: Annotated[
        bool, typer.Option("--freeze", help="Keep the test split as it is now as the frozen one.")
    ] = False,
) -> None:
    """Check the corpus and count it; the last line is JSON, and the exit status 1 if a check failed."""
    from training.checks import frozen
    from training.checks.limits import Limits
    from training.checks.show import show_counts, show_findings
    from training.checks.whole import Places, check_corpus
    from training.corpus import read_corpus
    from training.errors import TrainingError
    from training.report import show_corpus

    directory = settings_from(corpus=corpus).corpus
    read, seeds = read_corpus(directory), directory.parent
    if freeze:
        frozen.write_frozen(seeds / frozen.FILE, frozen.freeze(read.split("test")))
    checked = check_corpus(read, Places(seeds, behaviour, outside), Limits())
    out = open_console()
    show_corpus(out, read)
    show_counts(out, read.records)
    show_findings(out, checked.findings)
    typer.echo(checked.as_json())
    if checked.failed:
        raise TrainingError("\n".join(f"{found.check}: {found.said}" for found in checked.failed))


def learning_curve(
    data: Annotated[Path | None, typer.Option(help="Labelled JSON lines to measure on; else the test split.")] = None,
    families: Annotated[str, typer.Option(help="Candidates, separated by commas; four by default.")] = "",
    sizes: Annotated[str, typer.Option(help="Shares of the corpus, separated by commas.")] = "0.1,0.25,0.5,1",
    seeds: Annotated[int, typer.Option(min=1, help="Draws of each share.")] = 5,
    folds: Annotated[int | None, typer.Option(min=2, help="Folds of the calibration; else as many as planned.")] = None,
    jobs: Annotated[int, typer.Option(help="Processes; -1 for one a core.")] = -1,
    out: Annotated[Path | None, typer.Option(help="Directory to write page and plot to; else only printed.")] = None,
    corpus: Corpus = None,
    plan_file: PlanFile = None,
) -> None:
    """Measure candidates fitted on growing shares of the corpus, beside their cross-validated figures."""
    from training import learning_curve as curve
    from training.candidates import FILE, read_plan
    from training.corpus import read_corpus
    from training.learning_page import Made, show, write_page
    from training.progress import Progress

    screen = open_console()
    read = read_corpus(settings_from(corpus=corpus).corpus)
    plan = read_plan(plan_file or FILE)
    plan = plan.model_copy(update={"folds": folds or plan.folds})
    candidates = plan.chosen([name.strip() for name in (families or ",".join(curve.FAMILIES)).split(",")])
    shares = curve.read_sizes(sizes)
    measured = curve.read_texts(data) if data else curve.Texts.of(read.split("test"))
    with Progress(screen).stage("Fitting", len(candidates) * len(shares) * seeds) as step:
        points = curve.learning_curve(
            plan, candidates, curve.Texts.of(read.to_learn_from()), measured,
            sizes=shares, seeds=seeds, jobs=jobs, on_done=step,
        )  # fmt: skip
    summaries = curve.summarise(points)
    named = data.name if data else "the frozen test split"
    made = Made(named, len(measured.texts), read.digest, seeds, plan.folds, sys.argv[1:])
    show(screen, summaries, made)
    if out:
        write_page(out, summaries, made)
