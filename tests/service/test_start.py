"""The process: starts, says where things are, drains on SIGTERM, refuses clearly what it cannot do."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "service"]


@contextmanager
def running(bundle: Path, **settings: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A service process on a free port, and its address, once its model is ready."""
    chosen = {"STANCE_BUNDLE": str(bundle), "STANCE_PORT": "0"} | settings
    with subprocess.Popen(
        COMMAND, cwd=ROOT, env=os.environ | chosen, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            address = process.stderr.readline().split()[1].rstrip("/")
            waiting = int(settings.get("STANCE_WORKERS", "1"))
            while waiting and (line := process.stdout.readline()):
                waiting -= json.loads(line)["event"] == "model ready"
            yield process, address
        finally:
            process.kill()


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - our own address
        return str(answer.read().decode())


@pytest.mark.slow
def test_it_serves_and_leaves_with_zero_on_sigterm(pristine: Path) -> None:
    with running(pristine) as (process, address):
        assert json.loads(get(f"{address}/readyz")) == {"status": "ready"}
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


@pytest.mark.slow
def test_workers_add_up_their_metrics(pristine: Path) -> None:
    with running(pristine, STANCE_WORKERS="2") as (process, address):
        for _ in range(5):
            get(f"{address}/v1/model")
        metrics = get(f"{address}/metrics")
        assert 'stance_requests_total{path="/v1/model",status="200"} 5.0' in metrics
        assert 'stance_model_info{name="stance",run_id="0123abcd",version="1"} 2.0' in metrics
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


def refused(**settings: str) -> str:
    result = subprocess.run(
        COMMAND, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, timeout=60, check=False
    )
    assert result.returncode == 1
    assert result.stdout == ""
    return result.stderr


def test_a_port_in_use_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        message = refused(STANCE_PORT=str(port))
    assert message == (
        f"stance: cannot listen on 127.0.0.1:{port} (STANCE_HOST, STANCE_PORT): Address already in use\n"
    )


def test_a_wrong_setting_is_named() -> None:
    assert refused(STANCE_PORT="many").startswith("stance: STANCE_PORT: Input should be a valid integer")
