"""``encoder``: whether a pretrained sentence encoder would earn its place."""

# Imports stand within the commands, as in ``training.cli``.
# ruff: noqa: PLC0415, PLR0917

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from training.commands.options import Corpus, PlanFile, Seed, open_console, settings_from
from training.settings import Settings

KEPT = Path("build/encoder")


def encoder(
    data: Annotated[Path | None, typer.Option(help="JSON lines with text and label to measure on.")] = None,
    weights: Annotated[Path, typer.Option(help="Folder of the converted encoder.")] = KEPT,
    convert: Annotated[bool, typer.Option("--convert", help="Make that folder from the pretrained weights.")] = False,
    source: Annotated[Path | None, typer.Option(help="Folder of those weights; else the installed package's.")] = None,
    plan_file: PlanFile = None,
    seed: Seed = 0,
    corpus: Corpus = None,
) -> None:
    """Try an encoder as one more voter beside the default candidate's; the last line is JSON.

    Needs the extra `encoder`, and for --convert the weights that training/encoder/source.yaml names.
    """
    from training.encoder.weights import EncoderError

    if not (convert or data):
        raise typer.BadParameter("one of --data and --convert is needed")
    console = open_console()
    try:
        if convert:
            _convert(console, weights, source)
        if data:
            _measure(console, data, weights, plan_file, seed, settings_from(corpus=corpus))
    except ModuleNotFoundError as error:
        said = f"the encoder needs {error.name}: python -m pip install -r requirements/encoder.txt"
        raise EncoderError(said) from error


def _convert(console: Console, weights: Path, source: Path | None) -> None:
    from training.encoder.convert import convert
    from training.encoder.weights import read_source

    pinned = read_source()
    made = convert(pinned, source, weights)
    size = sum(file.bytes for file in made.files.values()) / 1e6
    console.print(f"wrote {weights}: {made.name} as int8, {size:.1f} MB", soft_wrap=True, markup=False)


def _measure(
    console: Console, data: Path, weights: Path, plan_file: Path | None, seed: int, settings: Settings
) -> None:
    from training.candidates import FILE, read_plan
    from training.claim import own_claim
    from training.encoder.report import as_json, show_trial
    from training.encoder.session import open_encoder
    from training.encoder.trial import Held, bases, fit, milliseconds, outcomes, to_encode
    from training.encoder.vectors import Memory
    from training.encoder.weights import read_source
    from training.progress import Progress

    found = open_encoder(weights, read_source())
    plan, claim = read_plan(plan_file or FILE), own_claim(settings)
    held = [Held.read(data), Held.of(claim.test)]
    memory, progress = Memory(found, KEPT), Progress(console)
    documents = [*claim.train.documents, *(document for part in held for document in part.documents)]
    unknown = memory.unknown(to_encode(documents))
    with progress.stage("encode", len(unknown)) as on_done:
        memory.learn(unknown, on_done)
    tried, chosen = [], bases(plan, memory, seed)
    with progress.stage("fit", len(chosen)) as on_done:
        for name, base in chosen.items():
            tried.append(fit(name, base, plan, claim.train, held))
            on_done(name)
    compared = outcomes(tried, held)
    show_trial(console, tried, compared)
    cost = milliseconds(found, held[0].documents)
    console.print(f"encoding adds {cost:.1f} ms of processor time a text, and {found.megabytes:.1f} MB")
    typer.echo(as_json(compared, milliseconds=cost, megabytes=found.megabytes))
