"""A span for every API request, part of the caller's trace if it sent one. Never texts, keys or queries."""

from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.middleware import API

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer

SERVER_ERROR = 500


class Trace:
    """Notes method, path, status and request id, by OpenTelemetry's semantic conventions for HTTP."""

    def __init__(self, app: ASGIApp, tracer: "Tracer", paths: frozenset[str]) -> None:
        from opentelemetry.trace import SpanKind, Status, StatusCode  # noqa: PLC0415
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator  # noqa: PLC0415

        self.app = app
        self.tracer = tracer
        self.paths = paths
        self._server = SpanKind.SERVER
        self._failed = Status(StatusCode.ERROR)
        self._propagator = TraceContextTextMapPropagator()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http" or not scope["path"].startswith(API):
            await self.app(scope, receive, send)
            return
        parent = self._propagator.extract(dict(Headers(scope=scope).items()))
        with self.tracer.start_as_current_span(
            "stance request", parent, self._server, record_exception=False, set_status_on_exception=False
        ) as span:

            async def send_traced(message: Message) -> None:
                if message["type"] == "http.response.start":
                    status = message["status"]
                    span.set_attribute("http.response.status_code", status)
                    if scope["path"] in self.paths:
                        span.update_name(f"{scope['method']} {scope['path']}")
                        span.set_attribute("http.route", scope["path"])
                    if status >= SERVER_ERROR:
                        span.set_status(self._failed)
                await send(message)

            span.set_attribute("http.request.method", scope["method"])
            await self.app(scope, receive, send_traced)
