"""Many machines: the training room's Spark command, run as a process of its own, since it needs MLflow."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from service.batch.errors import UsageError

MISSING = "the engine spark needs {}: pip install 'stance[training,spark]', and Java 17"


def score_with_spark(  # noqa: PLR0917
    input: str,  # noqa: A002
    output: str,
    text_column: str,
    prefix: str,
    rejects: Path | None,
    master: str | None,
    bundle: Path,
) -> int:
    """Run ``python -m training spark-score``; returns its exit code.

    Raises:
        UsageError: pyspark, MLflow or Java is not installed.
    """
    for module in ("pyspark", "mlflow", "training"):
        if find_spec(module) is None:
            raise UsageError(MISSING.format(module))
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise UsageError(MISSING.format("java on the path, or JAVA_HOME"))
    given = {"--rejects": rejects, "--master": master}
    options = [part for name, value in given.items() if value is not None for part in (name, str(value))]
    command = [sys.executable, "-m", "training", "spark-score", input, output, "--bundle", str(bundle)]
    command += ["--text-column", text_column, "--prefix", prefix, *options]
    return subprocess.run(command, check=False).returncode  # noqa: S603
