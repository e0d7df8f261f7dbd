"""Holds every key to its rate, before its body is read. A batch is charged for its texts once it is parsed."""

from starlette.types import ASGIApp, Receive, Scope, Send

from service.errors import RateLimitedError
from service.metrics import Metrics
from service.middleware import is_api_post
from service.middleware.keys import HOLDER
from service.rates import Rates

ALLOWANCE = "allowance"


class Allowance:
    """What the key of one request is charged."""

    def __init__(self, rates: Rates, holder: bytes) -> None:
        self._rates = rates
        self._holder = holder
        self._texts = 0

    def extend_to(self, texts: int) -> None:
        """Make the charge one for so many texts."""
        self._rates.charge(self._holder, texts - self._texts)
        self._texts = texts


class LimitRate:
    """Answers 429 with ``error_type`` ``rate_limited`` to a key that has used up its texts."""

    def __init__(self, app: ASGIApp, rates: Rates, metrics: Metrics) -> None:
        self.app = app
        self.rates = rates
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if is_api_post(scope):
            holder = scope["state"][HOLDER]
            try:
                self.rates.check(holder)
            except RateLimitedError as error:
                self.metrics.rate_limited.inc()
                await error.response()(scope, receive, send)
                return
            allowance = scope["state"][ALLOWANCE] = Allowance(self.rates, holder)
            allowance.extend_to(1)
        await self.app(scope, receive, send)
