"""Ends requests that take too long, slow senders included. What was queued for them is dropped unscored."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.errors import DeadlineError
from service.metrics import Metrics
from service.middleware import is_api_post


class Deadline:
    """Cancels a request at its deadline and answers 504."""

    def __init__(self, app: ASGIApp, seconds: float, metrics: Metrics) -> None:
        self.app = app
        self.seconds = seconds
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if not is_api_post(scope):
            await self.app(scope, receive, send)
            return
        started = False

        async def send_noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            async with asyncio.timeout(self.seconds) as limit:
                await self.app(scope, receive, send_noted)
        except TimeoutError:
            if started or not limit.expired():
                raise
            self.metrics.late.inc()
            error = DeadlineError(f"not answered within {self.seconds:g} s", {"Connection": "close"})
            await error.response()(scope, receive, send)
