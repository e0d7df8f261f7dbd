"""``python -m tests.bench_batch``: score many headlines from Parquet to Parquet; the last line is JSON."""

import argparse
import filecmp
import json
import sys
import tempfile
import time
from pathlib import Path

from service.batch.run import CHUNK_ROWS
from service.batch.scorer import load
from service.bundle import locate
from tests.bench_batch import spark, texts
from tests.bench_batch.page import fill
from tests.bench_batch.runs import Run, command, watch

JOBS = 2
BARE_TEXTS = 20_000
LEAST_CHUNKS = 24


def main() -> int:
    """Run all measurements; returns the exit code, 1 if a promise is not kept."""
    options = _options()
    bundle = locate(options.bundle)
    with tempfile.TemporaryDirectory(prefix="stance-bench-") as scratch:
        source, whole, resumed = (Path(scratch, f"{name}.parquet") for name in ("headlines", "whole", "resumed"))
        written = texts.write(options.corpus, options.rows, source)
        chunk_rows = max(1, min(CHUNK_ROWS, len(written) // LEAST_CHUNKS))
        bare = bare_rate(bundle, written, chunk_rows)
        _say(f"bare scoring path      {bare:9,.0f} texts/s on one core")
        one = watch(command(source, resumed, bundle, 1, chunk_rows), resumed, len(written))
        _show("1 process ", one)
        two = watch(command(source, whole, bundle, JOBS, chunk_rows), whole, len(written))
        _show(f"{JOBS} processes", two)
        resumed.unlink()
        again = command(source, resumed, bundle, JOBS, chunk_rows)
        killed = watch(again, resumed, len(written), stop=lambda done: done >= len(written) // 2)
        _say(f"killed after {killed.seconds:.1f} s: output {'there' if resumed.exists() else 'not there'}; resumed:")
        watch(again, resumed, len(written))
        same = filecmp.cmp(whole, resumed, shallow=False)
        _say(f"resumed output {'identical' if same else 'DIFFERS'}")
        different = _spark(source, whole, bundle, options.spark_rows)
    ratio = two.rate / JOBS / bare
    if options.write is not None:
        fill(options.write, len(written), bare, one, two)
    found = {
        "texts": len(written),
        "texts_per_second": round(two.rate, 1),
        "scaling_1_to_2": round(two.rate / one.rate, 3),
        "resumed_identical": same,
        "ratio_to_bare_scoring": round(ratio, 3),
        "peak_mib": round(two.peak_mib, 1),
        "spark_rows_different": different,
    }
    _say(json.dumps(found))
    return 0 if same and not different else 1


def bare_rate(bundle: Path, written: list[str], chunk_rows: int) -> float:
    """Texts a second of the model alone, in this process, warm; the shorter way there is none."""
    model = load(bundle, allow_joblib=False)
    sample = written[:BARE_TEXTS]
    model.score(sample[:chunk_rows])
    began = time.perf_counter()
    for start in range(0, len(sample), chunk_rows):
        model.score(sample[start : start + chunk_rows])
    return len(sample) / (time.perf_counter() - began)


def _spark(source: Path, whole: Path, bundle: Path, rows: int) -> int | None:
    if not rows or not spark.installed():
        _say("Spark is left out: it needs the extra `spark` and Java 17, and --spark-rows above 0")
        return None
    return spark.rows_different(source, whole, bundle, rows)


def _show(name: str, run: Run) -> None:
    _say(
        f"{name}            {run.rate:9,.0f} texts/s; {run.seconds:.1f} s with loading, "
        f"{run.cpu_seconds:.1f} s of CPU, peak {run.peak_mib:,.0f} MiB"
    )


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.bench_batch", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--spark-rows", type=int, default=5_000, help="0 leaves Spark out")
    parser.add_argument("--bundle", type=Path, default=Path("models"))
    parser.add_argument("--corpus", type=Path, default=Path("seeds/corpus"))
    parser.add_argument("--write", type=Path, help="docs/scale.md, to fill in the figures")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
