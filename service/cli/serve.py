"""The HTTP service, started from the same command line."""

import os
import sys
from typing import Annotated

import typer

from service.cli.opened import BundleOption


def serve(
    bundle: BundleOption = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 takes a free one.")] = None,
    workers: Annotated[int | None, typer.Option(help="Processes; one per core.")] = None,
) -> None:
    """Serve over HTTP; all other settings are in the environment (docs/operations.md)."""
    given = {"BUNDLE": bundle, "HOST": host, "PORT": port, "WORKERS": workers}
    chosen = {f"STANCE_{name}": str(value) for name, value in given.items() if value is not None}
    os.execve(sys.executable, [sys.executable, "-m", "service", "serve"], os.environ | chosen)  # noqa: S606
