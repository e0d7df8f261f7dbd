"""``spark-score``: what ``stance score --engine spark`` runs."""

# Imports stand within the command, since Spark and MLflow take seconds.
# ruff: noqa: PLC0415, PLR0917

from pathlib import Path
from typing import Annotated

import typer

ROWS_REJECTED = 5


def spark_score(
    input: Annotated[str, typer.Argument(help="Parquet, by any address that Spark knows.")],  # noqa: A002
    output: Annotated[str, typer.Argument(help="Directory that is to be made or replaced.")],
    text_column: Annotated[str, typer.Option(help="Column of the text.")] = "text",
    prefix: Annotated[str, typer.Option(help="Put before the names of the new columns.")] = "",
    rejects: Annotated[str | None, typer.Option(help="Directory of the rows that cannot be scored.")] = None,
    bundle: Annotated[Path | None, typer.Option(help="Bundle, or a directory with `current`.")] = None,
    version: Annotated[str | None, typer.Option(help="Instead: a registered version, run or `champion`.")] = None,
    master: Annotated[str | None, typer.Option(help="Where Spark runs; this machine by default.")] = None,
) -> None:
    """Score Parquet with Spark, by a bundle or by a registered model."""
    from training.bundle import locate, read_manifest
    from training.logged_model import model_file
    from training.model_file import NAME
    from training.registry import open_registry
    from training.settings import from_environment
    from training.spark_score import SparkJob, score, session

    settings = from_environment()
    if version is None:
        directory = locate(bundle or settings.models)
        read_manifest(directory)
        model = directory / NAME
    else:
        registry = open_registry(settings)
        model = model_file(registry.client, registry.resolve_run(version))
    spark = session(master)
    try:
        done = score(spark, SparkJob(model, input, output, rejects, text_column, prefix))
    finally:
        spark.stop()
    typer.echo(f"{done.scored:,} rows scored; {done.rejected:,} rejected", err=True)
    raise typer.Exit(ROWS_REJECTED if done.rejected else 0)
