"""Spark gives what the command line gives. Left out, visibly, where pyspark or Java is missing."""

import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from service.batch.parquet import Parquet
from service.batch.run import Job, run
from service.batch.scorer import Scorer
from service.bundle import verify
from tests.bench_batch import spark
from tests.tiny import TEXTS, fit_tiny_model, write_bundle


@pytest.mark.slow
@pytest.mark.skipif(not spark.installed(), reason="needs the extra `spark` and Java 17")
def test_rows_are_the_same_to_the_last_digit(tmp_path: Path) -> None:
    bundle = write_bundle(tmp_path / "bundle", fit_tiny_model(), "1")
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    texts = [None, " ", *(text for texts in TEXTS.values() for text in texts)]
    pq.write_table(pa.table({"id": range(len(texts)), "text": texts}), source)
    job = Job(source, target, None, Scorer(bundle, False, Parquet("text", "")), 1)
    done = run(job, verify(bundle), (io.BytesIO(), io.BytesIO()), lambda _: None)
    assert done.rejected == 2
    assert spark.rows_different(source, target, bundle, len(texts), master="local[2]") == 0
