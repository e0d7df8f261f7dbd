"""``python -m tests.bench``: measure, write docs/performance.md, print one JSON object last."""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

from service.bundle import BundleRefusedError, locate
from tests.bench.contenders import ROOT, BenchError, contenders
from tests.bench.figures import ratios
from tests.bench.report import write
from tests.bench.rounds import Plan, compare, in_own_process
from tests.bench.texts import MIX, by_kind, mixed

SHARE_OF_BARE = 0.15  # of the time for load
BARE_TIMEOUT = 600.0


def main() -> int:
    """Run the bench; returns the exit code: 0 when done, 1 where there is no champion to measure."""
    given = _options()
    begun = time.perf_counter()
    try:
        version = _champion(given.tracking_uri, given.models)
        _say(f"champion: version {version}")
        _run(given, begun)
    except (BenchError, BundleRefusedError, ValueError) as error:
        _say(f"bench: {error}")
        return 1
    return 0


def _run(given: argparse.Namespace, begun: float) -> None:
    servers, client = _cores()
    plan = Plan(given.rounds, given.seconds / (given.rounds * 12), servers, client)
    rivals = contenders(given.models.resolve(), given.tracking_uri)
    texts = mixed(by_kind(given.corpus), MIX)
    _say("measuring without HTTP")
    options = {"bundle": given.models, "corpus": given.corpus, "seconds": given.seconds * SHARE_OF_BARE / 8}
    bare = in_own_process("tests.bench.bare", BARE_TIMEOUT, core=servers, **options)
    with tempfile.TemporaryDirectory(prefix="stance-bench-") as scratch:
        measured = compare(rivals, texts, plan, Path(scratch), _say)
    found = ratios(measured.figures, bare["lone_ms"], bare["mix"])
    facts = {
        "ratios": json.dumps(found, indent=2),
        "command": given.command,
        "seconds": time.perf_counter() - begun,
        "rounds": plan.rounds,
        "stretch": round(plan.seconds, 2),
        "pinned": "" if servers is None else ", pinned to a core that the client does not use",
    }
    write(given.docs, rivals, measured, bare, facts)
    _say(f"written: {given.docs / 'performance.md'}")
    sys.stdout.write(json.dumps(found) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.bench", description=__doc__)
    parser.add_argument("--models", type=Path, default=Path("models"), help="bundles, with the pointer `current`")
    parser.add_argument("--tracking-uri", default="sqlite:///mlflow.db", help="MLflow's store, with the champion")
    parser.add_argument("--corpus", type=Path, default=Path("seeds/corpus"))
    parser.add_argument("--docs", type=Path, default=ROOT / "docs", help="where performance.md is written")
    parser.add_argument("--seconds", type=float, default=144.0, help="of load in all; the rest takes about a minute")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each contender")
    parser.add_argument("--command", default="make bench", help="named in the page as what wrote it")
    return parser.parse_args()


def _champion(tracking_uri: str, models: Path) -> str:
    """Return the champion's version, which must also be the bundle in use.

    Raises:
        BenchError: there is no champion, or the bundle is of another version.
        BundleRefusedError: there is no bundle.
    """
    none = f"no champion in {tracking_uri}; make one first: make train"
    if tracking_uri.startswith("sqlite:///") and not Path(tracking_uri.removeprefix("sqlite:///")).is_file():
        raise BenchError(none)  # asking MLflow would make the file
    try:
        version = str(MlflowClient(tracking_uri).get_model_version_by_alias("stance", "champion").version)
    except MlflowException as error:
        raise BenchError(none) from error
    if (bundle := locate(models).name) != version:
        raise BenchError(f"the champion is version {version}, but {models} serves {bundle}; export it first")
    return version


def _cores() -> tuple[int | None, int | None]:
    """Return a core for the servers and one for the client, where there are two and they can be chosen."""
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    return (cores[0], cores[1]) if len(cores) > 1 and shutil.which("taskset") else (None, None)


def _say(message: str) -> None:
    sys.stderr.write(message + "\n")


if __name__ == "__main__":
    sys.exit(main())
