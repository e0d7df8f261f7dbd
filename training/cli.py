"""The commands: options in, tables out. What they do stands in the other modules."""

# Imports stand within the commands, since MLflow alone takes a second, which `--help` need not cost.
# ruff: noqa: PLC0415, PLR0917

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from training.commands.benchmark import benchmark
from training.commands.calibration import calibration
from training.commands.claims import Each, TargetFile, named_claim, named_settings, tasks
from training.commands.corpus import corpus_check, learning_curve
from training.commands.cost import cost
from training.commands.drift import drift
from training.commands.encoder import encoder
from training.commands.follow import follow
from training.commands.options import Corpus, Experiment, Models, PlanFile, Seed, Store, open_console, settings_from
from training.commands.review import review
from training.commands.spark import spark_score
from training.commands.speakers import speakers
from training.commands.tune import tune
from training.commands.ui import ui
from training.errors import TrainingError

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__.splitlines()[0])

Reason = Annotated[str, typer.Option("--reason", help="Why; written on the version.")]


def main() -> None:
    """Run the command line; an error its user can mend is one message and its exit status."""
    try:
        app()
    except TrainingError as error:
        Console(stderr=True).print(str(error), style="red", markup=False, soft_wrap=True)
        sys.exit(error.status)


@app.command()
def train(
    candidates: Annotated[str, typer.Option(help="Names, separated by commas; all by default.")] = "",
    quick: Annotated[bool, typer.Option("--quick", help="Only the default candidate.")] = False,
    plan_file: PlanFile = None,
    jobs: Annotated[int, typer.Option(help="Processes; -1 for one a core.")] = -1,
    require_seeds: Annotated[bool, typer.Option(help="Any seed article gone wrong keeps the winner out.")] = False,
    experiment: Experiment = None,
    seed: Seed = 0,
    target: TargetFile = None,
    each: Each = None,
    corpus: Corpus = None,
    models: Models = None,
    tracking_uri: Store = None,
) -> None:
    """Fit the candidates, track them, and let the gate decide on a new champion."""
    from training.progress import Progress
    from training.report import show_next, show_ranking
    from training.train import train as run

    settings = settings_from(corpus=corpus, models=models, tracking_uri=tracking_uri, experiment=experiment)
    names = [name.strip() for name in candidates.split(",") if name.strip()]
    console = open_console()
    for task in tasks(settings, target, each, corpus, plan_file):
        chosen = task.plan.chosen([task.plan.default] if quick else names)
        done = run(
            task.settings, task.claim, task.plan, chosen, Progress(console),
            seed=seed, jobs=jobs, seeds_block=require_seeds,
        )  # fmt: skip
        show_ranking(console, done.ranking, task.claim.metric)
        console.print(f"{task.settings.model} version {done.version} {done.decision.reason}", soft_wrap=True)
        show_next(console, done.to_promote, [*task.words, *settings.make_variables])


@app.command()
def evaluate(
    data: Annotated[Path, typer.Argument(help="JSON lines with text and label.")],
    bundle: Annotated[Path | None, typer.Option(help="Bundle, or a directory with `current`.")] = None,
    errors: Annotated[int, typer.Option(help="How many of the worst errors to list.")] = 0,
    halves: Annotated[bool, typer.Option("--halves", help="The halves by the id's last digit too.")] = False,
    target: TargetFile = None,
    each: Each = None,
    models: Models = None,
) -> None:
    """Measure a bundle's model on any labelled texts; the last line is JSON."""
    from training.bundle import read_bundle
    from training.evaluate import evaluate as run
    from training.evaluate import read_items
    from training.metrics import MACRO_F1
    from training.report import show_evaluation

    settings = settings_from(models=models)
    if target is None:
        settings, items, metric = named_settings(settings, target, each), read_items(data), MACRO_F1
    else:
        settings, claim = named_claim(settings, target, each, data)
        items, metric = [record.model_dump() for record in claim.corpus.records], claim.metric
    found = run(read_bundle(bundle or settings.models).model, items, errors, halves, metric)
    show_evaluation(open_console(), found)
    typer.echo(found.as_json())


@app.command()
def export(
    version: Annotated[str | None, typer.Option(help="A registered version; the champion by default.")] = None,
    target: TargetFile = None,
    each: Each = None,
    models: Models = None,
    tracking_uri: Store = None,
) -> None:
    """Write the bundle of the champion or of a version."""
    from training.registry import open_registry
    from training.succession import export_version

    settings = named_settings(settings_from(models=models, tracking_uri=tracking_uri), target, each)
    directory = export_version(open_registry(settings), version, settings.models)
    open_console().print(f"wrote {directory}", soft_wrap=True)


@app.command()
def promote(
    reference: Annotated[str, typer.Argument(metavar="RUN", help="Version, run, or a candidate of the last training.")],
    reason: Reason = "",
    target: TargetFile = None,
    each: Each = None,
    corpus: Corpus = None,
    models: Models = None,
    tracking_uri: Store = None,
) -> None:
    """Make a run, version or candidate champion by hand, whatever the gate said."""
    from training.registry import open_registry
    from training.succession import promote as run

    settings = settings_from(corpus=corpus, models=models, tracking_uri=tracking_uri)
    settings, claim = named_claim(settings, target, each, corpus)
    version, noted = run(open_registry(settings), reference, claim, settings.models, reason)
    open_console().print(f"{settings.model} version {version} is champion: {noted}", soft_wrap=True)


@app.command()
def rollback(
    reason: Reason = "",
    target: TargetFile = None,
    each: Each = None,
    models: Models = None,
    tracking_uri: Store = None,
) -> None:
    """Give the alias back to the champion before."""
    from training.registry import open_registry
    from training.succession import rollback as run

    settings = named_settings(settings_from(models=models, tracking_uri=tracking_uri), target, each)
    version, noted = run(open_registry(settings), settings.models, reason)
    open_console().print(f"{settings.model} version {version} is champion: {noted}", soft_wrap=True)


@app.command()
def compare(
    first: Annotated[str, typer.Argument(metavar="A", help="Version, run, candidate or `champion`.")],
    second: Annotated[str, typer.Argument(metavar="B")],
    target: TargetFile = None,
    each: Each = None,
    corpus: Corpus = None,
    tracking_uri: Store = None,
) -> None:
    """Hold two versions or runs side by side on the frozen test split."""
    from training.registry import open_registry
    from training.report import show_comparison
    from training.succession import compare_runs

    settings = settings_from(corpus=corpus, tracking_uri=tracking_uri)
    settings, claim = named_claim(settings, target, each, corpus)
    found = compare_runs(open_registry(settings), first, second, claim)
    show_comparison(open_console(), (first, second), found)


for command in (
    benchmark,
    calibration,
    corpus_check,
    cost,
    drift,
    encoder,
    follow,
    learning_curve,
    review,
    spark_score,
    speakers,
    tune,
    ui,
):
    app.command()(command)
