"""The HTTP/1.1 protocol of the server, without its endless patience.

A connection that takes too long over the head of a request, or does not take in an answer, is cut: it would keep
its file descriptor and buffers for ever. The body of a request is the deadline's matter.
"""

import asyncio
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class ImpatientProtocol(HttpToolsProtocol):
    """Uvicorn's protocol with timers of ``patience_seconds``; the worker sets it from the settings at its start."""

    patience_seconds: ClassVar[float] = 10.0

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._head: asyncio.TimerHandle | None = None
        self._answer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first head."""
        super().connection_made(transport)
        self._head = self._cut_later(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop both timers."""
        self._stop_waiting()
        self._taken_in()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """Begin to wait for the rest of a head."""
        super().on_message_begin()
        if self._head is None:
            self._head = self._cut_later(self.transport)

    def on_headers_complete(self) -> None:
        """The head is here."""
        self._stop_waiting()
        super().on_headers_complete()

    def pause_writing(self) -> None:
        """The client does not keep up with its answer."""
        super().pause_writing()
        self._taken_in()
        self._answer = self._cut_later(self.transport)

    def resume_writing(self) -> None:
        """It has caught up."""
        self._taken_in()
        super().resume_writing()

    def timeout_keep_alive_handler(self) -> None:
        """Idle: close, and do not wait long for what the client has not yet taken in."""
        super().timeout_keep_alive_handler()
        self._cut_later(self.transport)

    def _cut_later(self, transport: asyncio.Transport) -> asyncio.TimerHandle:
        return self.loop.call_later(self.patience_seconds, transport.abort)

    def _stop_waiting(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None

    def _taken_in(self) -> None:
        if self._answer is not None:
            self._answer.cancel()
            self._answer = None
