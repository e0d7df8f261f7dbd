"""Sheds load before a body is read. Load is counted in texts: a request costs one, a batch one for each."""

from prometheus_client import Counter, Gauge
from starlette.types import ASGIApp, Receive, Scope, Send

from service.errors import OverloadedError
from service.middleware import is_api_post

STATE = "reservation"


class Load:
    """The texts under way in this worker, of all or of one kind, and how many there may be."""

    def __init__(
        self, limit: int, retry_after_seconds: int, shed: Counter, pending: Gauge, kind: str = "texts"
    ) -> None:
        self.texts = 0
        self._limit = limit
        self._retry_after = str(retry_after_seconds)
        self._shed = shed
        self._pending = pending
        self._kind = kind

    def change(self, texts: int) -> None:
        """Take on (or, negative, let go of) so many texts.

        Raises:
            OverloadedError: that would be more than the limit; nothing is taken on then.
        """
        if texts > 0 and self.texts + texts > self._limit:
            self._shed.inc()
            room = f"{texts} more would pass the limit, {self._limit}"
            message = f"overloaded: {self.texts} {self._kind} under way, {room}"
            raise OverloadedError(message, {"Retry-After": self._retry_after})
        self.texts += texts
        self._pending.set(self.texts)


class Reservation:
    """What one request has taken on."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._texts = 0

    def extend_to(self, texts: int) -> None:
        """Make the reservation one for so many texts; raises ``OverloadedError`` like ``Load.change``."""
        self._load.change(texts - self._texts)
        self._texts = texts

    def release(self) -> None:
        """Give everything back."""
        self.extend_to(0)


class ShedLoad:
    """Reserves one text for a request, or answers 429 without reading its body."""

    def __init__(self, app: ASGIApp, load: Load) -> None:
        self.app = app
        self.load = load

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if not is_api_post(scope):
            await self.app(scope, receive, send)
            return
        reservation = Reservation(self.load)
        try:
            reservation.extend_to(1)
        except OverloadedError as error:
            await error.response()(scope, receive, send)
            return
        scope.setdefault("state", {})[STATE] = reservation
        try:
            await self.app(scope, receive, send)
        finally:
            reservation.release()
