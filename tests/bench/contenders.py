"""The servers that are compared: how each is started, asked and ended."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.bench.plain import BUNDLE
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
START_SECONDS = 120.0
THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_POLL_SECONDS = 0.05
_MEGABYTE = 1_000_000
_OK = 200


class BenchError(Exception):
    """The bench cannot run; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A server: its command for a port, its environment, where it is asked and how a text is put to it."""

    name: str
    title: str
    command: Callable[[int], list[str]]
    environment: dict[str, str]
    path: str
    body: Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Running:
    """A contender that answers."""

    contender: Contender
    port: int
    process: "subprocess.Popen[bytes]"
    start_seconds: float

    def megabytes(self) -> float:
        """Resident memory of all its processes."""
        parent = psutil.Process(self.process.pid)
        return float(sum(found.memory_info().rss for found in [parent, *parent.children(recursive=True)]) / _MEGABYTE)


def contenders(bundle: Path, tracking_uri: str) -> list[Contender]:
    """Return the four contenders, all over the same champion; each answers in one process."""
    serving, store, model = {"STANCE_BUNDLE": str(bundle)}, {"MLFLOW_TRACKING_URI": tracking_uri}, {BUNDLE: str(bundle)}
    return [
        Contender("service", "this service", _service, serving, "/v1/stance", _text),
        Contender("mlflow", "`mlflow models serve`", _mlflow, store, "/invocations", _table),
        Contender("plain", "plain FastAPI endpoint", lambda port: _uvicorn("plain", port), model, "/v1/stance", _text),
        echo_contender(),
    ]


def echo_contender() -> Contender:
    """Return the ceiling, which needs no model."""
    return Contender("echo", "echo, no model", lambda port: _uvicorn("echo", port), {}, "/v1/stance", _text)


@contextmanager
def running(contender: Contender, log: Path, core: int | None) -> Iterator[Running]:
    """Start a contender on a free port, pinned to a core if one is given, and end it afterwards.

    Raises:
        BenchError: it ended, or did not answer in time.
    """
    port = free_port()
    begun = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*(["taskset", "-c", str(core)] if core is not None else []), *contender.command(port)],
            cwd=ROOT,
            env=os.environ | THREADS | contender.environment | {"STANCE_PORT": str(port), "PATH": _path()},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _until_answering(contender, port, process, log, begun + START_SECONDS)
        yield Running(contender, port, process, time.perf_counter() - begun)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # a session of its own: MLflow's server starts others
        process.wait(30)


def _until_answering(
    contender: Contender, port: int, process: "subprocess.Popen[bytes]", log: Path, until: float
) -> None:
    body = json.dumps(contender.body("Beijing denied arming Russia."))
    while time.perf_counter() < until:
        if process.poll() is not None:
            break
        if _status(port, contender.path, body) == _OK:
            return
        time.sleep(_POLL_SECONDS)
    said = log.read_text("utf-8", errors="replace").strip().split("\n")[-3:]
    raise BenchError(f"{contender.title} does not answer: {' / '.join(said)}")


def _status(port: int, path: str, body: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("POST", path, body, {"Content-Type": "application/json"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def _service(_: int) -> list[str]:
    return [sys.executable, "-m", "service"]


def _mlflow(port: int) -> list[str]:
    serve = [sys.executable, "-m", "mlflow", "models", "serve", "--model-uri", "models:/stance@champion"]
    return [*serve, "--env-manager", "local", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]


def _uvicorn(app: str, port: int) -> list[str]:
    serve = [sys.executable, "-m", "uvicorn", f"tests.bench.{app}:build", "--factory", "--no-access-log"]
    return [*serve, "--log-level", "warning", "--host", "127.0.0.1", "--port", str(port)]


def _text(text: str) -> object:
    return {"text": text}


def _table(text: str) -> object:
    return {"dataframe_split": {"columns": ["text"], "data": [[text]]}}


def _path() -> str:
    """The search path with this environment first: MLflow calls uvicorn by its bare name."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
