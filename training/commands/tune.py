"""``tune``: search for better candidates within a time."""

# ruff: noqa: PLC0415, PLR0917

from pathlib import Path
from typing import Annotated

import typer

from training.commands.options import Corpus, Experiment, PlanFile, Seed, Store, open_console, settings_from

STUDIES = Path("tune.db")


def tune(
    minutes: Annotated[float, typer.Option(min=0.1, help="How long to search.")] = 20.0,
    storage: Annotated[Path, typer.Option(help="Optuna's database; a search found there goes on.")] = STUDIES,
    plan_file: PlanFile = None,
    experiment: Experiment = "stance-tuning",
    seed: Seed = 0,
    corpus: Corpus = None,
    tracking_uri: Store = None,
) -> None:
    """Search features and models, and write the best to candidates.yaml as `tuned`."""
    from training.candidates import FILE, read_plan
    from training.progress import Progress
    from training.search.tune import tune as run

    settings = settings_from(corpus=corpus, tracking_uri=tracking_uri, experiment=experiment)
    file, console = plan_file or FILE, open_console()
    found = run(settings, read_plan(file), file, storage, Progress(console), minutes=minutes, seed=seed)
    console.print(f"{found.winner.name}: macro-F1 {found.macro_f1:.3f} on held-out folds; written to {file}")
    console.print(found.winner.model_dump_json(indent=2), markup=False)
