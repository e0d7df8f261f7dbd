"""The server of MLflow's UI: its command line, its environment and its port."""

# ruff: noqa: PLC0415

import os
import socket
from contextlib import closing
from errno import EADDRINUSE

from training.errors import PortError

# No jobs for agents, which would be a second process, and nothing is told to anybody.
ENVIRONMENT = {"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false", "MLFLOW_DISABLE_TELEMETRY": "true"}


def arguments(tracking_uri: str, host: str, port: int) -> list[str]:
    """What ``mlflow`` is told to serve a store; it logs no requests, which would push what was said before away."""
    return [
        "server", "--backend-store-uri", tracking_uri, "--registry-store-uri", tracking_uri,
        "--artifacts-destination", "mlartifacts", "--host", host, "--port", str(port), "--workers", "1",
        "--uvicorn-opts", "--no-access-log",
    ]  # fmt: skip


def serve(tracking_uri: str, host: str, port: int) -> None:
    """Serve until interrupted: within this process, where MLflow has been imported, which takes seconds."""
    from mlflow.cli import cli

    os.environ.update(ENVIRONMENT)
    cli(arguments(tracking_uri, host, port), standalone_mode=False)


def check_free(host: str, port: int) -> None:
    """Make sure that nobody listens on a port.

    Raises:
        PortError: somebody does, or the address is not this machine's.
    """
    with closing(socket.socket()) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does: a port just left is free
        try:
            tried.bind((host, port))
        except OSError as error:
            advice = f"; choose another: make ui UI_PORT={port % 65535 + 1}" if error.errno == EADDRINUSE else ""
            raise PortError(f"port {port} of {host} cannot be had ({error.strerror}){advice}") from error
