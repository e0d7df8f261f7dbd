"""The way to the database: one thread and few connections, opened when first needed and not before."""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from service.errors import FeedbackUnavailableError
from service.feedback.schema import SchemaError, check

WAIT_SECONDS = 5  # for a lock, a connection or an answer
OWNER_ONLY = 0o600
Result = TypeVar("Result")
log = structlog.get_logger()


class Database:
    """Does work in transactions, in a thread of its own, so that a slow database holds up nothing else."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._engine: Engine | None = None
        self._trouble = ""
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")

    async def run(self, work: Callable[[Connection], Result]) -> Result:
        """Do some work in one transaction and return what it returns.

        Raises:
            FeedbackUnavailableError: the database cannot be reached, read or written, or needs a migration.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._run, work)

    def close(self) -> None:
        """Close the connections. The next work opens them again."""
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.dispose()

    def _run(self, work: Callable[[Connection], Result]) -> Result:
        try:
            if self._engine is None:
                self._engine = _open(self._url)
            with self._engine.begin() as connection:
                result = work(connection)
        except SchemaError as error:
            self._say(str(error))
            raise FeedbackUnavailableError(f"the database cannot be used: {error}") from None
        except (SQLAlchemyError, OSError) as error:
            self._say(_reason(error))
            said = "the database cannot be reached or written; the service's log says why"
            raise FeedbackUnavailableError(said) from None
        self._trouble = ""
        return result

    def _say(self, trouble: str) -> None:
        """Log what is wrong, once as long as it stays the same."""
        if trouble != self._trouble:
            log.error("database failed", error=trouble)
        self._trouble = trouble


def make_engine(url: str) -> Engine:
    """An engine for SQLite, whose transactions lock at their beginning, or PostgreSQL. Errors show no values."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        limits = {"connect_timeout": WAIT_SECONDS, "options": f"-c statement_timeout={WAIT_SECONDS * 1000}"}
        psycopg = parsed.set(drivername="postgresql+psycopg")
        return create_engine(psycopg, hide_parameters=True, pool_size=1, pool_pre_ping=True, connect_args=limits)
    engine = create_engine(parsed, hide_parameters=True, connect_args={"timeout": WAIT_SECONDS})
    event.listen(engine, "connect", _leave_transactions_to_us)
    event.listen(engine, "begin", _lock)
    return engine


def _open(url: str) -> Engine:
    engine = make_engine(url)
    try:
        if engine.dialect.name == "sqlite" and engine.url.database:
            Path(engine.url.database).touch(OWNER_ONLY)  # others need not read what readers send
        check(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _leave_transactions_to_us(connection: sqlite3.Connection, _record: Any) -> None:
    """Python's driver would begin transactions late and leave table definitions out of them."""
    connection.isolation_level = None


def _lock(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _reason(error: Exception) -> str:
    """What failed, without the statement, its values or the URL: they may hold texts and passwords."""
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}"
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    return " ".join(filter(None, (type(cause).__name__, code)))
