"""``drift``: has traffic moved away from what the model was measured on?"""

# Imports stand within the commands, as in ``training.cli``.
# ruff: noqa: PLC0415, PLR0917

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from training.commands.claims import Each, TargetFile, named_claim
from training.commands.options import Corpus, Feedback, Models, settings_from
from training.errors import FeedbackError

DRIFTED = 1


def drift(
    days: Annotated[int, typer.Option(min=1, help="How many days of traffic.")] = 7,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The last; today (UTC) if none.")] = None,
    out: Annotated[Path, typer.Option(help="Where to write the report.")] = Path("drift.html"),
    fail_above: Annotated[float | None, typer.Option(help="Status 1 where a PSI beyond chance exceeds this.")] = None,
    target: TargetFile = None,
    each: Each = None,
    corpus: Corpus = None,
    models: Models = None,
    feedback_url: Feedback = None,
) -> None:
    """Compare recent traffic with the frozen test split and with earlier traffic; the last line is JSON."""
    from training.bundle import read_bundle
    from training.drift import as_json, exceeds, profile, shifts
    from training.drift_page import write_page
    from training.feedback import open_desk

    settings = settings_from(corpus=corpus, models=models, feedback_url=feedback_url)
    settings, claim = named_claim(settings, target, each, corpus)
    last = until.date() if until else datetime.now(UTC).date()
    first = last - timedelta(days=days - 1)
    with open_desk(settings.feedback_url) as desk:
        recent = desk.traffic(first, last)
        earlier = desk.traffic(date.min, first - timedelta(days=1))
        versions = ", ".join(desk.versions(first, last))
    if not recent:
        raise FeedbackError(f"no traffic was counted from {first} to {last}")
    bundle = read_bundle(settings.models)
    frozen = profile(bundle.model, claim.test.texts)
    found = {"frozen test split": shifts(frozen, recent), "earlier traffic": shifts(earlier, recent)}
    asked = f"Traffic from {first} to {last}, answered by version {versions}"
    write_page(out, f"{asked}; the frozen test split answered by version {bundle.manifest['version']}.", found)
    typer.echo(f"wrote {out}")
    typer.echo(as_json(found))
    if fail_above is not None and exceeds(found, fail_above):
        raise typer.Exit(DRIFTED)
