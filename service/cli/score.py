"""``stance score``: a file of texts to a file of answers."""

# What opens a model is imported within: `--help` and completion need none of it.
# ruff: noqa: PLC0415, PLR0917

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from service.batch.errors import Interrupted, UsageError
from service.batch.formats import choose, make
from service.cli.bar import showing
from service.cli.opened import BundleOption, place
from service.cli.spark import score_with_spark

ROWS_REJECTED = 5

Input = Annotated[str, typer.Argument(metavar="INPUT", help="CSV, TSV, JSONL or Parquet; `-` is standard input.")]
Output = Annotated[str, typer.Option("--output", "-o", help="Same format; `-` is standard output.")]
TextColumn = Annotated[str, typer.Option(help="Column or field of the text.")]
Prefix = Annotated[str, typer.Option(help="Put before the names of the new columns.")]
FormatName = Annotated[str | None, typer.Option("--format", help="csv, tsv, jsonl or parquet, if no ending tells.")]
Rejects = Annotated[Path | None, typer.Option(help="JSONL of the rows that cannot be scored, with number and reason.")]
Report = Annotated[Path | None, typer.Option(help="HTML page of the output: over time, by source, examples.")]
DateColumn = Annotated[str | None, typer.Option(help="Column of ISO dates, for --report.")]
SourceColumn = Annotated[str | None, typer.Option(help="Column of sources, for --report.")]
Jobs = Annotated[int, typer.Option(min=0, help="Processes; 0 for one a core.")]
Rows = Annotated[int, typer.Option(min=1, help="Rows that are scored and kept together.")]
Engine = Annotated[str, typer.Option(help="local, or spark (Parquet only).")]
Master = Annotated[str | None, typer.Option(help="Where Spark runs, such as yarn or spark://host:7077.")]


def score(
    input: Input,  # noqa: A002
    output: Output,
    text_column: TextColumn = "text",
    prefix: Prefix = "",
    format: FormatName = None,  # noqa: A002
    rejects: Rejects = None,
    report: Report = None,
    date_column: DateColumn = None,
    source_column: SourceColumn = None,
    jobs: Jobs = 0,
    chunk_rows: Rows = 2_048,
    engine: Engine = "local",
    master: Master = None,
    bundle: BundleOption = None,
) -> None:
    """Add stance, probabilities, on_topic and reason to every row of a file.

    Rows keep their order and their other columns. The output appears when it is whole. After an interruption the
    same command goes on where it was, and the output is the same.
    """
    source, target = _path(input), _path(output)
    name = choose(format, source, target)
    if report is not None and target is None:
        raise UsageError("--report reads the output again: it has to be a file")
    if engine == "spark":
        if name != "parquet" or report is not None:
            raise UsageError("the engine spark takes Parquet, and gives no report")
        raise typer.Exit(score_with_spark(input, output, text_column, prefix, rejects, master, place(bundle)[0]))
    if engine != "local":
        raise UsageError(f"no engine {engine!r}; there are local and spark")
    rejected = _score(source, target, rejects, place(bundle), (name, text_column, prefix), jobs, chunk_rows)
    if report is not None and target is not None:
        _report(target, report, (name, text_column, prefix), date_column, source_column)
    raise typer.Exit(ROWS_REJECTED if rejected else 0)


def _score(
    source: Path | None,
    target: Path | None,
    rejects: Path | None,
    bundle: tuple[Path, bool],
    how: tuple[str, str, str],
    jobs: int,
    chunk_rows: int,
) -> int:
    from service.batch.run import Job, run
    from service.batch.scorer import Scorer
    from service.bundle import verify

    directory, allow_joblib = bundle
    chosen = make(*how)
    job = Job(source, target, rejects, Scorer(directory, allow_joblib, chosen), jobs or _cores(), chunk_rows)
    console = Console(stderr=True)
    with showing(console, chosen.size(source) if source is not None and source.is_file() else None) as show:
        try:
            done = run(job, verify(directory), (sys.stdin.buffer, sys.stdout.buffer), show)
        except KeyboardInterrupt as error:
            raise Interrupted from error
    resumed = f", {done.resumed:,} of them before" if done.resumed else ""
    console.print(f"{done.scored:,} rows scored{resumed}; {done.rejected:,} rejected", highlight=False)
    return done.rejected


def _report(target: Path, report: Path, how: tuple[str, str, str], date: str | None, source: str | None) -> None:
    from service.batch.parts import replacing
    from service.batch.report import Names, as_page

    name, column, prefix = how
    names = Names(column, date, source, prefix)
    content = as_page(make(name, column, prefix).read(target, names.wanted), names, target.name)
    with replacing(report) as file:
        file.write(content.encode())


def _path(name: str) -> Path | None:
    return None if name == "-" else Path(name)


def _cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
