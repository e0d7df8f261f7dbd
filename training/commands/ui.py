"""``ui``: MLflow's UI on a store, with links to what it has of training."""

# ruff: noqa: PLC0415

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from training.commands.options import Store, open_console, settings_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.desk import Shown


def ui(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 5000,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    tracking_uri: Store = None,
) -> None:
    """Serve MLflow's UI until interrupted, and say first which pages are worth a look."""
    from training.desk import look
    from training.tracking import open_store
    from training.ui_server import check_free, serve

    check_free(host, port)
    settings = settings_from(tracking_uri=tracking_uri)
    show(open_console(), look(open_store(settings)), f"http://{host}:{port}")
    serve(settings.tracking_uri, host, port)


def show(console: Console, models: "Sequence[Shown]", address: str) -> None:
    """Print each model's champion and the links to its pages."""
    console.print(f"MLflow starts on {address}; Ctrl-C ends it.", highlight=False)
    if not models:
        console.print("There is no run in it yet: `make train` makes some.", highlight=False)
    else:
        console.print("Once it says “Uvicorn running”, open one of these:", highlight=False)
    for model in models:
        console.print(f"\n{model.model}", style="bold", highlight=False)
        for what, path in model.pages.items():
            console.print(f"  {what}\n    {address}/{path}", soft_wrap=True, markup=False, highlight=False)
        console.print(f"  champion: {model.champion}", soft_wrap=True, markup=False, highlight=False)
    console.print()
