"""The process: starts, says where things are, drains on SIGTERM, refuses clearly what it cannot do."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BODY = b'{"text": "China denied arming Russia."}'
HEAD = b"POST /v1/stance HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: "
REQUEST = HEAD + str(len(BODY)).encode() + b"\r\n\r\n" + BODY
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


def wait_for(process: "subprocess.Popen[str]", event: str) -> None:
    """Read the log up to an event."""
    assert process.stdout is not None
    assert any(json.loads(line)["event"] == event for line in process.stdout)


@pytest.mark.slow
def test_a_request_under_way_is_answered_before_it_leaves_with_zero(pristine: Path) -> None:
    with running(pristine) as (process, address):
        assert json.loads(get(f"{address}/readyz")) == {"status": "ready"}
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=30) as connection:
            connection.sendall(REQUEST[:-10])
            get(f"{address}/livez")  # by now the first half has arrived
            process.send_signal(signal.SIGTERM)
            wait_for(process, "shutting down")
            connection.sendall(REQUEST[-10:])
            assert connection.recv(10_000).startswith(b"HTTP/1.1 200 OK")
        assert process.wait(30) == 0


@pytest.mark.slow
def test_while_draining_it_answers_but_is_not_ready(pristine: Path) -> None:
    with running(pristine, STANCE_DRAIN_SECONDS="600") as (process, address):
        process.send_signal(signal.SIGTERM)
        wait_for(process, "shutting down")
        with pytest.raises(urllib.error.HTTPError, match="503"):
            get(f"{address}/readyz")
        assert json.loads(get(f"{address}/v1/model"))["version"] == "1"


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
