"""Spark's output against the local one, row by row."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

ROWS_REJECTED = 5
MASTER = "local-cluster[2,1,1024]"


def installed() -> bool:
    """Whether pyspark and Java are here."""
    return find_spec("pyspark") is not None and (shutil.which("java") is not None or "JAVA_HOME" in os.environ)


def rows_different(source: Path, local: Path, bundle: Path, rows: int, master: str = MASTER) -> int:
    """Score the first rows with two Spark workers; how many rows are not exactly those of the local output."""
    subset, target = source.with_name("subset.parquet"), source.with_name("spark.parquet")
    pq.write_table(pq.read_table(source).slice(0, rows), subset)
    arguments = ["spark-score", str(subset), str(target), "--bundle", str(bundle), "--master", master]
    quiet = {"SPARK_LOCAL_IP": "127.0.0.1", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run([sys.executable, "-m", "training", *arguments], check=False, env=os.environ | quiet)
    if done.returncode not in {0, ROWS_REJECTED}:
        raise SystemExit(f"spark-score failed: {done.returncode}")
    spark, here = _by_id(target), _by_id(local)
    wanted = {row["id"] for row in pq.read_table(subset, columns=["id"]).to_pylist()}
    return sum(spark.get(number) != here.get(number) for number in wanted) + len(spark.keys() - wanted)


def _by_id(path: Path) -> dict[int, dict[str, Any]]:
    return {row["id"]: row for row in pq.read_table(path).to_pylist()}
