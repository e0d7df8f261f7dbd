"""Start and stop: looks after the model and the queue, and turns readiness off before the door closes."""

import asyncio
import signal
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from types import FrameType

import structlog
from fastapi import FastAPI

from service.parts import Parts

log = structlog.get_logger()


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Run the background tasks while the application serves.

    The model is loaded first: connections that come before are taken by other workers, or wait for this one.
    """
    parts: Parts = app.state.parts
    parts.stopping = False
    _drain_on_sigterm(parts)
    await asyncio.to_thread(parts.models.refresh)
    tasks = [asyncio.create_task(work) for work in (parts.batcher.run(), _watch(parts), _keep_statistics(parts))]
    try:
        yield
    finally:
        parts.stopping = True
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await parts.traffic.flush()
        if parts.database is not None:
            parts.database.close()


async def _watch(parts: Parts) -> None:
    while True:
        await asyncio.sleep(parts.settings.poll_seconds)
        await asyncio.to_thread(parts.models.refresh)


async def _keep_statistics(parts: Parts) -> None:
    while True:
        await asyncio.sleep(parts.settings.traffic_seconds)
        await parts.traffic.flush()


def _drain_on_sigterm(parts: Parts) -> None:
    """Wrap the server's own handler: not ready at once, its orderly exit ``drain_seconds`` later."""
    server = signal.getsignal(signal.SIGTERM)
    if threading.current_thread() is not threading.main_thread() or not callable(server):
        return
    loop = asyncio.get_running_loop()

    def drain(number: int, frame: FrameType | None) -> None:
        parts.stopping = True
        log.info("shutting down", drain_seconds=parts.settings.drain_seconds)
        loop.call_soon_threadsafe(loop.call_later, parts.settings.drain_seconds, server, number, frame)

    signal.signal(signal.SIGTERM, drain)
