"""A service as it runs in earnest: ``python -m service`` with its workers, on a free port of the loopback."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
PAUSE = 0.05
START_SECONDS = 120.0


@dataclass(frozen=True)
class Service:
    """A running service."""

    process: "subprocess.Popen[bytes]"
    port: int
    log: Path

    def get(self, path: str, timeout: float = 10.0) -> tuple[int, str]:
        """Status and body of a GET; status 0 if there was no answer."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=timeout) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except (OSError, ValueError):
            return 0, ""

    def metric(self, sample: str) -> float:
        """Value of a sample, named as it stands in ``/metrics``; 0 if it is not there."""
        found = re.search(rf"^{re.escape(sample)} (\S+)$", self.get("/metrics")[1], re.MULTILINE)
        return float(found[1]) if found else 0.0

    def workers(self) -> list[psutil.Process]:
        """The processes that answer: the children of the supervisor, or the process itself."""
        parent = psutil.Process(self.process.pid)
        return [child for child in parent.children() if _is_worker(child)] or [parent]

    def stop(self) -> int:
        """SIGTERM, and the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


def _is_settled(log: Path, workers: int) -> bool:
    written = log.read_text(encoding="utf-8")
    if "bundle refused" in written:
        raise AssertionError(written[-1000:])
    return written.count('"model ready"') >= workers


def _is_worker(process: psutil.Process) -> bool:
    try:
        return "spawn_main" in " ".join(process.cmdline())
    except (psutil.ZombieProcess, psutil.NoSuchProcess):
        return False


@contextmanager
def serving(bundle: Path, log: Path, **settings: object) -> Iterator[Service]:
    """Start a service with some settings and wait until all its workers are ready; kill it at the end."""
    chosen = {f"STANCE_{name.upper()}": str(value) for name, value in settings.items()}
    usual = {"STANCE_FEEDBACK_URL": f"sqlite:///{log.with_suffix('.db')}"}  # not the working directory's
    environment = usual | os.environ | {"STANCE_BUNDLE": str(bundle), "STANCE_PORT": "0"} | chosen
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [sys.executable, "-m", "service"], cwd=ROOT, env=environment, stdout=output, stderr=subprocess.PIPE
        ) as process,
    ):
        assert process.stderr is not None
        try:
            port = int(process.stderr.readline().decode().rstrip("/\n").rpartition(":")[2])
            service = Service(process, port, log)
            wanted = int(str(settings.get("workers", 1)))
            until(lambda: _is_settled(log, wanted), "the service is ready", START_SECONDS)
            yield service
        finally:
            end(process)


def end(process: "subprocess.Popen[bytes]") -> None:
    """Kill a service and the workers that it started."""
    if process.poll() is None:
        children = psutil.Process(process.pid).children(recursive=True)
        for child in [psutil.Process(process.pid), *children]:
            child.kill()
    process.wait(30)


def until(condition: Callable[[], bool], what: str, seconds: float = 15.0) -> None:
    """Wait for something to become true.

    Raises:
        AssertionError: it did not in so many seconds.
    """
    end_at = time.monotonic() + seconds
    while not condition():
        if time.monotonic() >= end_at:
            raise AssertionError(f"not within {seconds:g} s: {what}")
        time.sleep(PAUSE)


def ready(service: Service) -> bool:
    """Whether ``/readyz`` says so."""
    return service.get("/readyz")[0] == HTTPStatus.OK
