"""Request id, log line and metrics for every request, and the last stop for crashes. Logs no text."""

import re
import secrets
import time
import traceback

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.errors import error_response
from service.metrics import Metrics
from service.middleware import header

REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
SHED = 429  # counted, but logged only for debugging: a log line costs more than the refusal
QUIET = frozenset({"/livez", "/readyz", "/metrics"})
log = structlog.get_logger()


class Observe:
    """Outermost layer: names the request, counts and times its answer, turns a crash into a bare 500."""

    def __init__(self, app: ASGIApp, metrics: Metrics, paths: frozenset[str]) -> None:
        self.app = app
        self.metrics = metrics
        self.paths = paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _request_id(scope)
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started, status = time.perf_counter(), 0

        async def send_named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await self.app(scope, receive, send_named)
        except Exception as error:  # noqa: BLE001 - whatever it is, the client gets the one error shape and no trace
            log.error("unforeseen error", error=type(error).__name__, where=_where(error))
            if not status:
                await error_response(500, "internal_error", "internal error")(scope, receive, send_named)
        finally:
            self._record(scope, status, time.perf_counter() - started)
            structlog.contextvars.unbind_contextvars("request_id")

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        path = scope["path"] if scope["path"] in self.paths else "other"
        self.metrics.requests(path, status).inc()
        self.metrics.seconds(path).observe(seconds)
        say = log.debug if path in QUIET or status == SHED else log.info
        say("request", method=scope["method"], path=path, status=status, ms=round(seconds * 1000, 2))


def _request_id(scope: Scope) -> str:
    sent = header(scope, b"x-request-id")
    return sent if REQUEST_ID.fullmatch(sent) else secrets.token_hex(16)


def _where(error: BaseException) -> list[str]:
    """The stack without messages or values: an exception's message may hold a client's text."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
