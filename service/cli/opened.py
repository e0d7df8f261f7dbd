"""The bundle that a command works with."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from service.batch.errors import UsageError
from service.bundle import locate
from service.settings import Settings

BundleOption = Annotated[
    Path | None,
    typer.Option("--bundle", help="A bundle, or a directory with `current`; by default STANCE_BUNDLE, or models."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the body that the HTTP API answers with.")]


def place(bundle: Path | None) -> tuple[Path, bool]:
    """The directory of the bundle, and whether joblib is allowed.

    Raises:
        BundleRefusedError: there is none.
        UsageError: a setting in the environment is wrong.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        raise UsageError(str(error)) from error
    return locate(bundle or settings.bundle), settings.allow_joblib
