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
    from training.speakers import Article, Tally

SPLITS = ("train", "test", "seeds")


def speakers(
    corpus: Corpus = None,
    split: Annotated[str, typer.Option(help="The splits to measure, separated by commas.")] = ",".join(SPLITS),
) -> None:
    """Measure the speakers found in the annotated articles, by split and batch; the last line is JSON.

    It has the figures of the test articles and the seed articles, which no rule was written on, and those of the
    fresh articles against an independent reader's names: of all, and of those nobody read who mended the rules.
    """
    from training.corpus import read_corpus
    from training.reread import REREAD, reread
    from training.speakers import OVERLOOKED, Tally, annotated, complete, measure

    settings = settings_from(corpus=corpus)
    wanted = [name.strip() for name in split.split(",")]
    known = annotated(read_corpus(settings.corpus), settings.articles)
    articles = [a for a in known if a.split in wanted]
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
    shown |= {f"completed_{name}": round(whole[name], 4) for name in shown}
    typer.echo(json.dumps(shown | _fresh(known, reread(known, settings.articles.with_name(REREAD)))))


def _fresh(marked: "Sequence[Article]", second: "Sequence[Article]") -> dict[str, float]:
    """Print the figures of the fresh articles, and return the foremost; none where there are no such articles."""
    from training.reread import agreement, intervals, was_read
    from training.speakers import Tally, measure

    by_id = {article.id: article for article in marked}
    counted = [sum(counts) for counts in zip(*(agreement(by_id[a.id], a) for a in second), strict=True)]
    tallies = [(was_read(article), measure(article)) for article in second]
    parts = {
        "fresh": [tally for _, tally in tallies],
        "read": [tally for read, tally in tallies if read],
        "unread": [tally for read, tally in tallies if not read],
    }
    table = Table(title="Fresh articles, names by an independent reader", title_justify="left")
    for heading in ("articles", "number", "spoken", "found", "precision", "recall", "span precision", "span recall"):
        table.add_column(heading)
    figures: dict[str, float] = {}
    for name, part in parts.items():
        if part:
            total, found = sum(part, Tally()), intervals(part)
            table.add_row(name, str(len(part)), str(total.spoken), str(total.found), *map(str, found.values()))
            figures |= {f"{name}_{key}": round(found[key].estimate, 4) for key in ("precision", "recall")}
    if counted:
        both, same, writers, reader = counted
        table.caption = (
            f"both annotators: {both} sentences, {same} alike; the writers alone: {writers}, the reader: {reader}"
        )
        open_console().print(table)
    return figures


def _table(rows: "Sequence[tuple[str, str, Tally]]") -> Table:
    table = Table(title="Speakers, by sentence", title_justify="left")
    columns = ("precision", "recall", "f1", "exact", "span_precision", "span_recall", "name_accuracy")
    for heading in ("split", "batch", "sentences", "spoken", "found", *columns):
        table.add_column(heading.replace("_", "\n"), justify="left" if heading in {"split", "batch"} else "right")
    for name, batch, tally in rows:
        counts = (str(tally.sentences), str(tally.spoken), str(tally.found))
        table.add_row(name, batch, *counts, *(f"{tally.figures[column]:.3f}" for column in columns))
    return table
