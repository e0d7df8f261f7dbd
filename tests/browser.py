"""Headless Chromium, where there is one, and a service in a thread for it to look at."""

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Background(uvicorn.Server):
    """A server in a thread of this process."""

    def __init__(self, app: FastAPI) -> None:
        super().__init__(uvicorn.Config(app, port=0, log_config=None, access_log=False))
        self.up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Tell when the port is open."""
        await super().startup(sockets)
        self.up.set()


@contextmanager
def shown(app: FastAPI) -> Iterator[str]:
    """Serve an application on a free port of the loopback, and yield its address."""
    server = Background(app)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        assert server.up.wait(30)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
