"""One worker process: logs, threads and the application, from the environment."""

from fastapi import FastAPI
from threadpoolctl import threadpool_limits

from service import logs
from service.app import create_app
from service.settings import Settings


def build() -> FastAPI:
    """The application as the server starts it in each worker; numeric libraries get one thread."""
    settings = Settings()
    logs.configure(settings.log_level)
    threadpool_limits(1)
    return create_app(settings)
