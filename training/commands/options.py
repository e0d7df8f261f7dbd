"""Options that several commands have, and what they make of them."""

import dataclasses
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from training.settings import Settings, from_environment

PIPED_WIDTH = 130

Corpus = Annotated[Path | None, typer.Option("--corpus", help="Directory of the labelled texts.")]
Models = Annotated[Path | None, typer.Option("--models", help="Directory of the exported bundles.")]
PlanFile = Annotated[Path | None, typer.Option("--plan", help="Another candidates.yaml.")]
Store = Annotated[str | None, typer.Option("--tracking-uri", help="MLflow's store.")]
Experiment = Annotated[str | None, typer.Option(help="MLflow experiment.")]
Feedback = Annotated[str | None, typer.Option("--feedback-url", help="Database that the service keeps.")]
Seed = Annotated[int, typer.Option(help="Seed of everything that is drawn.")]


def open_console() -> Console:
    """A console; where it is no terminal, wide enough for the tables."""
    found = Console()
    return found if found.is_terminal else Console(width=PIPED_WIDTH)


def settings_from(**given: Path | str | None) -> Settings:
    """The environment's settings under the options that were given."""
    named = {name: value for name, value in given.items() if value is not None}
    return dataclasses.replace(from_environment(), **named)  # type: ignore[arg-type]
