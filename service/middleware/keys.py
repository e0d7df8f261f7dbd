"""Lets only holders of an API key call ``/v1``, where keys are set, and of an admin key ``/v1/admin``."""

from starlette.types import ASGIApp, Receive, Scope, Send

from service.errors import KeyRefusedError
from service.keys import KeyRing
from service.middleware import header, is_admin, is_api

HOLDER = "holder"


class RequireKey:
    """Answers 401 unless ``Authorization: Bearer <key>`` names an accepted key. CORS preflights need none.

    Who it is, as a digest of the key, is left in the request's state for the rate limit.
    """

    def __init__(self, app: ASGIApp, ring: KeyRing, admin: KeyRing) -> None:
        self.app = app
        self.ring = ring
        self.admin = admin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        ring = self.ring if is_api(scope) else self.admin if is_admin(scope) else None
        if ring is not None and ring.required:
            scheme, _, key = header(scope, b"authorization").partition(" ")
            holder = ring.holder(key.strip()) if scheme.lower() == "bearer" else None
            if holder is None:
                error = KeyRefusedError("API key missing or wrong", {"WWW-Authenticate": "Bearer"})
                await error.response()(scope, receive, send)
                return
            scope.setdefault("state", {})[HOLDER] = holder
        await self.app(scope, receive, send)
