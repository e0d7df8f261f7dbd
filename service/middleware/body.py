"""Refuses bodies that are not JSON or too large, by their headers where possible, else while they arrive."""

from email.message import Message as Mail

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.errors import NotJsonError, ServiceError, TooLargeError
from service.middleware import header, is_api_post

JSON = "application/json"


class LimitBody:
    """Answers 415 and 413. The second is raised inside ``receive`` if the size was not declared."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self.app = app
        self.max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if not is_api_post(scope):
            await self.app(scope, receive, send)
            return
        try:
            self._check(scope)
        except ServiceError as error:
            await error.response()(scope, receive, send)
            return
        received = 0

        async def receive_limited() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.max_bytes:
                raise self._too_large()
            return message

        await self.app(scope, receive_limited, send)

    def _check(self, scope: Scope) -> None:
        if not _is_json(header(scope, b"content-type")):
            raise NotJsonError("the body must be sent as Content-Type: application/json")
        length = header(scope, b"content-length")
        if length.isdecimal() and int(length) > self.max_bytes:
            raise self._too_large()

    def _too_large(self) -> TooLargeError:
        return TooLargeError(f"the body exceeds the limit of {self.max_bytes} bytes", {"Connection": "close"})


def _is_json(content_type: str) -> bool:
    if content_type == JSON:
        return True
    mail = Mail()
    mail["content-type"] = content_type
    return mail.get_content_type() == JSON
