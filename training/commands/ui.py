"""``ui``: MLflow's UI on a store, with links to what it has of training."""

# ruff: noqa: PLC0415

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from training.commands.options import Store, open_console, settings_from
from training.errors import TrainingError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.desk import Shown


def ui(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 5000,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    tracking_uri: Store = None,
) -> None:
    """Serve MLflow's UI until interrupted, and say first which pages are worth a look."""
    from mlflow.exceptions import MlflowException

    from training.desk import look
    from training.tracking import open_store
    from training.ui_server import check_free, serve

    check_free(host, port)
    settings = settings_from(tracking_uri=tracking_uri)
    if settings.tracking_uri.startswith(("http://", "https://")):
        raise TrainingError(f"{settings.tracking_uri} is a server, which has a UI of its own: open it in a browser")
    seen_at = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 - compared, not listened on
    try:
        models = look(open_store(settings))
    except MlflowException as error:
        raise TrainingError(f"the store cannot be read: {error.message}") from error
    show(open_console(), models, f"http://{seen_at}:{port}")
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
