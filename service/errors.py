"""What can go wrong for a caller; every error carries its status, its type and how it is said."""

import json
from typing import ClassVar

from starlette.exceptions import HTTPException
from starlette.responses import Response


class ServiceError(HTTPException):
    """An error the caller is told about as ``{"error", "error_type"}``.

    It is an ``HTTPException`` so that it passes unchanged through FastAPI's body reader.
    """

    status: ClassVar[int] = 500
    error_type: ClassVar[str] = "internal_error"

    def __init__(self, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(self.status, message, headers)

    def response(self) -> Response:
        """The answer for this error."""
        return error_response(self.status, self.error_type, self.detail, dict(self.headers or {}))


class BadRequestError(ServiceError):
    """The body is not JSON that can be parsed."""

    status = 400
    error_type = "invalid_json"


class KeyRefusedError(ServiceError):
    """The API key is missing or wrong."""

    status = 401
    error_type = "unauthorized"


class TooLargeError(ServiceError):
    """The body, a text, or the texts together exceed a limit."""

    status = 413
    error_type = "too_large"


class NotJsonError(ServiceError):
    """The body is declared as something other than JSON."""

    status = 415
    error_type = "unsupported_media_type"


class InvalidError(ServiceError):
    """The body is JSON but does not fit the schema."""

    status = 422
    error_type = "validation_error"


class ConflictError(ServiceError):
    """What an administrator asked for cannot be done with the bundles on disk; nothing has changed."""

    status = 409
    error_type = "conflict"


class RateLimitedError(ServiceError):
    """This key has sent more texts than it may in this time."""

    status = 429
    error_type = "rate_limited"


class OverloadedError(ServiceError):
    """More texts are under way than this worker takes on."""

    status = 429
    error_type = "overloaded"


class NotReadyError(ServiceError):
    """No verified model is loaded, or the service is shutting down."""

    status = 503
    error_type = "not_ready"


class FeedbackUnavailableError(ServiceError):
    """Feedback cannot be kept: it is switched off or full, or its database cannot be used."""

    status = 503
    error_type = "feedback_unavailable"


class DeadlineError(ServiceError):
    """The request was not answered in time."""

    status = 504
    error_type = "deadline_exceeded"


def error_response(status: int, error_type: str, message: str, headers: dict[str, str] | None = None) -> Response:
    """An answer in the one error shape. ASCII-only, so that any text in ``message`` can be sent."""
    body = json.dumps({"error": message, "error_type": error_type})
    return Response(body, status, headers, media_type="application/json")
