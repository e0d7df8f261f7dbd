"""One worker process: logs, threads and the application, from the environment."""

import gc
import sys

import structlog
from fastapi import FastAPI
from threadpoolctl import threadpool_limits

from service import logs
from service.app import create_app
from service.protocol import ImpatientProtocol
from service.settings import Settings

SWITCH_SECONDS = 0.0005  # Python's 5 ms would let a scoring thread hold up the event loop ten times in 50 ms
COLLECT_AFTER = 20_000  # new objects; a batch of texts makes thousands that live no longer than it


def build() -> FastAPI:
    """The application as the server starts it in each worker; numeric libraries get one thread."""
    settings = Settings()
    logs.configure(settings.log_level)
    structlog.configure(cache_logger_on_first_use=True)  # nothing changes it from here on
    threadpool_limits(1)
    gc.set_threshold(COLLECT_AFTER)
    sys.setswitchinterval(SWITCH_SECONDS)
    ImpatientProtocol.patience_seconds = settings.patience_seconds
    return create_app(settings)
