"""Security headers on every answer; the content-security policy allows only the service's own files."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
RAW = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
RAW_UNCACHED = [*RAW, (b"cache-control", b"no-store")]


class SecurityHeaders:
    """Adds ``HEADERS``; answers of the API are never cached."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent = message["headers"]
                cached = any(name == b"cache-control" for name, _ in sent)
                message["headers"] = [*sent, *(RAW if cached else RAW_UNCACHED)]
            await send(message)

        await self.app(scope, receive, send_guarded)
