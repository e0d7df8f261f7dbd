"""The command that measures who is found to say what."""

# Imports stand within the commands, as in ``training.cli``.
# ruff: noqa: PLC0415

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from training.commands.options import Corpus, open_console, settings_from

if TYPE_CHECKING:
    from training.speakers import Tally

SPLITS = ("train", "test", "seeds")


def speakers(
    corpus: Corpus = None,
    split: Annotated[str, typer.Option(help="The splits to measure, separated by commas.")] = ",".join(SPLITS),
) -> None:
    """Measure the speakers found in the annotated articles, by split and batch; the last line is JSON.

    It has the figures of the test articles and the seed articles, which no rule was written on.
    """
    from training.corpus import read_corpus
    from training.speakers import OVERLOOKED, Tally, annotated, complete, measure

    settings = settings_from(corpus=corpus)
    wanted = [name.strip() for name in split.split(",")]
    articles = [a for a in annotated(read_corpus(settings.corpus), settings.articles) if a.split in wanted]
    completed = [a for a in complete(articles, settings.articles.with_name(OVERLOOKED)) if a.split != "train"]
    rows: list[tuple[str, str, Tally]] = []
    for title, chosen in (("", articles), (" completed", completed)):
        measured = [(article, measure(article)) for article in chosen]
        for name in wanted:
            batches = sorted({article.batch for article, _ in measured if article.split == name})
            for batch in batches:
                tallies = [tally for article, tally in measured if (article.split, article.batch) == (name, batch)]
                rows.append((name + title, batch, sum(tallies, Tally())))
    open_console().print(_table(rows))
    unseen = [name for name in wanted if name != "train"] or wanted
    held = sum((tally for name, _, tally in rows if name in unseen), Tally()).figures
    whole = sum((tally for name, _, tally in rows if name.endswith(" completed")), Tally()).figures
    shown = {name: round(held[name], 4) for name in ("precision", "recall", "exact")}
    typer.echo(json.dumps(shown | {f"completed_{name}": round(whole[name], 4) for name in shown}))


def _table(rows: "Sequence[tuple[str, str, Tally]]") -> Table:
    table = Table(title="Speakers, by sentence", title_justify="left")
    columns = ("precision", "recall", "f1", "exact", "span_precision", "span_recall", "name_accuracy")
    for heading in ("split", "batch", "sentences", "spoken", "found", *columns):
        table.add_column(heading.replace("_", "\n"), justify="left" if heading in {"split", "batch"} else "right")
    for name, batch, tally in rows:
        counts = (str(tally.sentences), str(tally.spoken), str(tally.found))
        table.add_row(name, batch, *counts, *(f"{tally.figures[column]:.3f}" for column in columns))
    return table
