"""Lets only holders of an API key call ``/v1``, where keys are set."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from service.errors import KeyRefusedError
from service.keys import KeyRing
from service.middleware import is_api


class RequireKey:
    """Answers 401 unless ``Authorization: Bearer <key>`` names an accepted key. CORS preflights need none."""

    def __init__(self, app: ASGIApp, ring: KeyRing) -> None:
        self.app = app
        self.ring = ring

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if is_api(scope) and self.ring.required:
            scheme, _, key = Headers(scope=scope).get("authorization", "").partition(" ")
            if scheme.lower() != "bearer" or not self.ring.accepts(key.strip()):
                error = KeyRefusedError("API key missing or wrong", {"WWW-Authenticate": "Bearer"})
                await error.response()(scope, receive, send)
                return
        await self.app(scope, receive, send)
