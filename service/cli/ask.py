"""Single texts, and the model itself."""

# What opens a model is imported within: `--help` and completion need none of it.
# ruff: noqa: PLC0415

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from service.batch.errors import InputError
from service.cli import show
from service.cli.opened import AsJson, BundleOption, place

if TYPE_CHECKING:
    from service.schemas import StanceAnswer

Texts = Annotated[list[str], typer.Argument(metavar="TEXT…", help="The texts; `-` reads one from standard input.")]
Text = Annotated[str, typer.Argument(help="The text; `-` reads it from standard input.")]


def predict(texts: Texts, bundle: BundleOption = None, as_json: AsJson = False) -> None:
    """Tell the stance of one or several texts."""
    for text, answer in _answers(texts, bundle, explained=False):
        if as_json:
            typer.echo(answer.model_dump_json(exclude_unset=True))
        else:
            show.answer(Console(), text, answer)


def explain(text: Text, bundle: BundleOption = None, as_json: AsJson = False) -> None:
    """Tell the stance of a text and of each of its sentences, with speakers and cues."""
    [(read, answer)] = _answers([text], bundle, explained=True)
    if as_json:
        typer.echo(answer.model_dump_json(exclude_unset=True))
    else:
        show.answer(Console(), read, answer)
        show.sentences(Console(), answer.sentences or [])


def model(bundle: BundleOption = None, as_json: AsJson = False) -> None:
    """Verify the model and tell what it is and how well it does."""
    from service.bundle import verify

    manifest = verify(place(bundle)[0]).manifest
    if as_json:
        typer.echo(manifest.model_dump_json(by_alias=True))
    else:
        show.manifest(Console(), manifest)


def _answers(texts: list[str], bundle: Path | None, *, explained: bool) -> "list[tuple[str, StanceAnswer]]":
    from features.table import Fault, check
    from service.answers import fields, model_name
    from service.batch.scorer import load
    from service.batching import Scored
    from service.schemas import StanceAnswer

    read = [check(sys.stdin.read() if text == "-" else text) for text in texts]
    if faults := [cell for cell in read if isinstance(cell, Fault)]:
        raise InputError(faults[0].reason)
    sound = [cell for cell in read if isinstance(cell, str)]
    directory, allow_joblib = place(bundle)
    served = load(directory, allow_joblib=allow_joblib)
    scored = [
        Scored(answer, served.explain(text) if explained else None)
        for text, answer in zip(sound, served.score(sound), strict=True)
    ]
    model = {"model": model_name(served)}
    return [(text, StanceAnswer.model_validate(fields(one) | model)) for text, one in zip(sound, scored, strict=True)]
