"""A server of MLflow's UI on loopback, for as long as it is looked at."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from tests.ports import free_port
from training.ui_server import ENVIRONMENT, arguments

HOST = "127.0.0.1"
PATIENCE = 120.0  # seconds until the server has to answer


@contextmanager
def desk(tracking_uri: str) -> Iterator[str]:
    """Serve a store, and yield the address; the server ends with the block."""
    port = free_port()
    # A group of its own, so that the server's workers end with it.
    with subprocess.Popen(
        [sys.executable, "-m", "mlflow", *arguments(tracking_uri, HOST, port)],
        env=os.environ | ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as server:
        address = f"http://{HOST}:{port}"
        try:
            _wait(address, server)
            yield address
        finally:
            os.killpg(server.pid, 15)
            server.wait(30)


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise SystemExit(f"the server ended with status {server.returncode}")
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=5):  # noqa: S310
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.5)
    raise SystemExit(f"the server did not answer within {PATIENCE:.0f} seconds")
