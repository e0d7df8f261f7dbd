"""``follow``: the sidecar that brings the champion to the services."""

# ruff: noqa: PLC0415

import threading
from typing import Annotated

import typer

from training.commands.options import Models, Store, open_console, settings_from


def follow(
    interval: Annotated[float, typer.Option(min=0.1, help="Seconds between looks at the alias.")] = 10.0,
    models: Models = None,
    tracking_uri: Store = None,
) -> None:
    """Export the champion's bundle whenever the alias moves, until interrupted."""
    from training.follow import follow as run
    from training.registry import open_registry

    settings = settings_from(models=models, tracking_uri=tracking_uri)
    console, never = open_console(), threading.Event()
    for said in run(open_registry(settings), settings.models, lambda: not never.wait(interval)):
        console.print(said, soft_wrap=True, markup=False)
