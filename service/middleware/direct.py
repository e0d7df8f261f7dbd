"""Takes plain calls of ``POST /v1/stance`` past the framework, whose own way costs as much as all layers together."""

from collections.abc import Awaitable, Callable

from pydantic import ValidationError
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.errors import ServiceError
from service.schemas import StanceRequest

PATH = "/v1/stance"


class Direct:
    """Answers a request whose body has come whole and fits its schema.

    Any other goes on to the framework, which reads it from the start: one place says what is wrong with a body.
    """

    def __init__(self, app: ASGIApp, answer: Callable[[StanceRequest], Awaitable[Response]]) -> None:
        self.app = app
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http" or scope["path"] != PATH or scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        try:
            message = await receive()
            body = _parse(message)
            response = None if body is None else await self.answer(body)
        except ServiceError as error:
            response = error.response()
        if response is None:
            await self.app(scope, _from_start(message, receive), send)
        else:
            await response(scope, receive, send)


def _parse(message: Message) -> StanceRequest | None:
    if message.get("more_body", False):
        return None
    try:
        return StanceRequest.model_validate_json(message.get("body", b""))
    except ValidationError:
        return None


def _from_start(message: Message, receive: Receive) -> Receive:
    taken = [message]

    async def receive_again() -> Message:
        return taken.pop() if taken else await receive()

    return receive_again
