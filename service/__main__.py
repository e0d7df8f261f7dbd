"""``python -m service``: bind the port, say where things are, serve until told to stop.

``python -m service rollback``: point running services to the bundle before.
``python -m service migrate``: bring the feedback database to the schema that this version needs.
"""

import argparse
import os
import signal
import socket
import sys
import tempfile
from types import FrameType

import uvicorn
from pydantic import ValidationError
from uvicorn.supervisors import Multiprocess

from service.bundle import BundleRefusedError
from service.rollback import roll_back
from service.settings import Settings

WORKER_SECONDS = 30  # without a sign of life; on a busy machine the imports of a new worker take longer than 5
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def main() -> int:
    """Serve or roll back; returns the exit code: 0 when done, 1 with one line on standard error if it cannot be."""
    options = _options()
    try:
        settings = Settings()
    except ValidationError as error:
        return _fail("; ".join(_describe(problem["loc"], problem["msg"]) for problem in error.errors()))
    if options.command == "migrate":
        return _migrate(settings)
    return _serve(settings) if options.command == "serve" else _roll_back(settings, options.to)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m service", description="Settings are in the environment.")
    commands = parser.add_subparsers(dest="command")
    parser.set_defaults(command="serve", to=None)
    commands.add_parser("serve", help="answer requests (the default)")
    commands.add_parser("migrate", help="bring the feedback database to the schema of this version")
    rollback = commands.add_parser("rollback", help="point running services to the bundle before")
    rollback.add_argument("--to", metavar="VERSION", help="a version under bundles/; by default the next lower one")
    return parser.parse_args()


def _roll_back(settings: Settings, to: str | None) -> int:
    try:
        version = roll_back(settings.bundle, to)
    except BundleRefusedError as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(f"the pointer in {settings.bundle} cannot be moved: {error.strerror}")
    sys.stderr.write(f"version {version}; services take it up within {settings.poll_seconds:g} s\n")
    return 0


def _migrate(settings: Settings) -> int:
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

    from service.feedback.database import make_engine  # noqa: PLC0415
    from service.feedback.schema import HEAD, migrate  # noqa: PLC0415

    try:
        migrate(make_engine(settings.feedback_url.get_secret_value()))
    except SQLAlchemyError as error:
        return _fail(f"the feedback database cannot be migrated: {getattr(error, 'orig', error)}")
    sys.stderr.write(f"the feedback database has schema {HEAD}\n")
    return 0


def _serve(settings: Settings) -> int:
    try:
        listener = _bind(settings)
    except OSError as error:
        return _fail(f"cannot listen on {settings.host}:{settings.port} (STANCE_HOST, STANCE_PORT): {error.strerror}")
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    os.environ.update(dict.fromkeys(THREADS, "1"))  # read by numeric libraries when a worker first loads them
    _announce(listener)
    with tempfile.TemporaryDirectory(prefix="stance-metrics-") as directory, listener:
        if settings.workers > 1:
            os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", directory)
        _run(settings, listener)
    return 0


def _run(settings: Settings, listener: socket.socket) -> None:
    config = uvicorn.Config(
        "service.worker:build",
        factory=True,
        workers=settings.workers,
        http="service.protocol:ImpatientProtocol",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_worker_healthcheck=WORKER_SECONDS,
        timeout_keep_alive=settings.keep_alive_seconds,
        timeout_graceful_shutdown=settings.grace_seconds,
    )
    if settings.workers > 1:
        Multiprocess(config, sockets=[listener]).run()
    else:
        uvicorn.Server(config).run(sockets=[listener])


def _bind(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(2048)
    except OSError:
        listener.close()
        raise
    listener.set_inheritable(True)
    return listener


def _announce(listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    base = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    sys.stderr.write(f"page     {base}/\ndocs     {base}/docs\nmetrics  {base}/metrics\n")


def _leave(_number: int, _frame: FrameType | None) -> None:
    """The server hands a signal on after its orderly stop; leave with 0 instead of dying of it."""
    raise SystemExit(0)


def _fail(message: str) -> int:
    sys.stderr.write(f"stance: {message}\n")
    return 1


def _describe(location: tuple[int | str, ...], message: str) -> str:
    """A wrong setting by the name of its variable; a rule between settings names them itself."""
    return f"STANCE_{str(location[0]).upper()}: {message}" if location else message


if __name__ == "__main__":
    sys.exit(main())
