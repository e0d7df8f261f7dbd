"""``calibration``: which way of calibrating wins on held-out texts."""

# ruff: noqa: PLC0415, PLR0917

from pathlib import Path
from typing import Annotated

import typer

from training.commands.options import Corpus, PlanFile, Seed, open_console, settings_from

DATA = typer.Argument(help="JSON lines with text and label to measure on too.")


def calibration(
    data: Annotated[Path | None, DATA] = None,
    candidate: Annotated[str, typer.Option(help="A candidate; the default one if none is named.")] = "",
    plots: Annotated[Path | None, typer.Option(help="Directory for reliability plots.")] = None,
    plan_file: PlanFile = None,
    seed: Seed = 0,
    corpus: Corpus = None,
) -> None:
    """Compare no calibration, a temperature and isotonic curves on texts that they were not fitted on."""
    import numpy as np

    from features.document import analyse
    from features.labels import LABELS
    from training.calibrators import Labelled, compare_calibrators, save, winner
    from training.candidates import FILE, read_plan
    from training.corpus import read_corpus
    from training.evaluate import read_items
    from training.report import show_calibrations

    plan = read_plan(plan_file or FILE)
    texts = read_corpus(settings_from(corpus=corpus).corpus)
    test = texts.split("test")
    others = [Labelled("frozen split", test.documents, test.truth)]
    if data:
        items = read_items(data)
        truth = np.array([LABELS.index(item["label"]) for item in items], dtype=np.int64)
        others.append(Labelled(data.stem, [analyse(item["text"]) for item in items], truth))
    chosen = plan.candidate(candidate or plan.default)
    sides = compare_calibrators(chosen, plan, texts.to_learn_from(), others, seed)
    show_calibrations(open_console(), chosen.name, sides)
    typer.echo(f"lowest log loss on held-out folds: {winner(sides)}")
    if plots:
        save(sides, plots)
