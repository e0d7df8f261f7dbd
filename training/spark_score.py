"""Scoring on many machines: Spark reads and writes Parquet, and MLflow carries the model to its workers."""

import logging
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import mlflow.pyfunc
from mlflow.environment_variables import MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR
from pyspark import StorageLevel
from pyspark.errors import AnalysisException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as f

from features.table import COLUMNS
from training.errors import SparkError
from training.spark_model import FAULT, TYPES, save

SCORED = "__scored"
ROW = "__row"
LOCAL = "local[*]"


@dataclass(frozen=True, slots=True)
class SparkJob:
    """What to score: Parquet files or directories by any address that Spark knows.

    Attributes:
        model_file: ``model.skops`` of a bundle or run.
        input: where the texts are.
        output: a directory that is to be made, or replaced.
        rejects: likewise, for the rows that cannot be scored; None to drop them.
        text_column: the column of the texts.
        prefix: put before the names of the new columns.
    """

    model_file: Path
    input: str
    output: str
    rejects: str | None
    text_column: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows scored and rejected."""

    scored: int
    rejected: int


def session(master: str | None) -> SparkSession:
    """A session on a cluster, by default on this machine's cores; ``spark-submit`` may have set the cluster."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR.set(False)
    logging.getLogger("mlflow").setLevel(logging.ERROR)
    builder = SparkSession.builder.appName("stance").config("spark.ui.showConsoleProgress", "false")
    if master is not None or "SPARK_ENV_LOADED" not in os.environ:
        builder = builder.master(master or LOCAL)
    made: SparkSession = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "2048").getOrCreate()
    return made


def score(spark: SparkSession, job: SparkJob) -> Counts:
    """Score a job; output and rejects are directories of Parquet with the rows in no given order.

    Raises:
        SparkError: there is no such input or column, or a new column's name is taken.
    """
    try:
        texts = spark.read.parquet(job.input)
    except AnalysisException as error:
        raise SparkError(f"{job.input} cannot be read: {error.getCondition()}") from error
    _check(job, texts)
    with tempfile.TemporaryDirectory(prefix="stance-") as scratch:
        save(job.model_file, Path(scratch, "model"))
        kind = ", ".join(f"{name} {type_}" for name, type_ in TYPES.items())
        udf = mlflow.pyfunc.spark_udf(spark, str(Path(scratch, "model")), result_type=kind, env_manager="local")
        scored = texts.withColumn(ROW, f.col("_metadata.row_index") + 1).withColumn(SCORED, udf(f.col(job.text_column)))
        scored.persist(StorageLevel.DISK_ONLY)  # read twice, scored once
        try:
            return _write(job, texts.columns, scored)
        finally:
            scored.unpersist()


def _write(job: SparkJob, columns: list[str], scored: DataFrame) -> Counts:
    before = [f.col(f"`{column}`") for column in columns]
    fault = _said(FAULT)
    good = scored.where(fault.isNull()).select(*before, *(_said(name).alias(job.prefix + name) for name in COLUMNS))
    bad = scored.where(fault.isNotNull()).select(f.col(ROW).alias("row"), fault.alias("reason"), *before)
    good.write.mode("overwrite").parquet(job.output)
    if job.rejects is not None:
        bad.write.mode("overwrite").parquet(job.rejects)
    return Counts(good.count(), bad.count())


def _said(name: str) -> Column:
    """A column of what the model says; the empty string, which stands for nothing, as null."""
    found = f.col(f"{SCORED}.{name}")
    return f.when(found != "", found) if TYPES[name] == "string" else found


def _check(job: SparkJob, texts: DataFrame) -> None:
    if job.text_column not in texts.columns:
        raise SparkError(f"no column {job.text_column!r}; there are {', '.join(texts.columns)}")
    if taken := [job.prefix + name for name in COLUMNS if job.prefix + name in texts.columns]:
        raise SparkError(f"there is a column {taken[0]!r} already; name the new ones otherwise with --prefix")
