"""What the OpenAPI document says about each status that is not 200, with an example of each."""

from typing import Any

from service.errors import (
    BadRequestError,
    ConflictError,
    DeadlineError,
    FeedbackUnavailableError,
    InvalidError,
    KeyRefusedError,
    NotJsonError,
    NotReadyError,
    OverloadedError,
    RateLimitedError,
    ServiceError,
    TooLargeError,
)
from service.schemas import ErrorBody

Responses = dict[int | str, dict[str, Any]]

EXAMPLES: dict[type[ServiceError], str] = {
    BadRequestError: "the body is not JSON: Expecting value at character 9",
    KeyRefusedError: "API key missing or wrong",
    TooLargeError: "text 3 has 120000 characters, the limit is 100000",
    NotJsonError: "the body must be sent as Content-Type: application/json",
    InvalidError: "body.text: the text is empty or blank",
    RateLimitedError: "this key may send 50 texts a second",
    OverloadedError: "overloaded: 1020 texts under way, 8 more would pass the limit, 1024",
    NotReadyError: "no model is ready: still loading",
    FeedbackUnavailableError: "feedback is full: the limit is 100000 texts",
    DeadlineError: "not answered within 10 s",
    ConflictError: "bundle 8 refused: model.skops does not have the SHA-256 of the manifest",
}
HEADERS = {
    429: {"Retry-After": {"description": "seconds to wait", "schema": {"type": "integer"}}},
    401: {"WWW-Authenticate": {"description": "always `Bearer`", "schema": {"type": "string"}}},
}


def documented(*errors: type[ServiceError]) -> Responses:
    """The ``responses`` of an operation that may answer with these errors; one status may have several."""
    return {
        status: _response(status, [error for error in errors if error.status == status])
        for status in sorted({error.status for error in errors})
    }


def _response(status: int, errors: list[type[ServiceError]]) -> dict[str, Any]:
    examples = {
        error.error_type: {"value": {"error": EXAMPLES[error], "error_type": error.error_type}} for error in errors
    }
    return {
        "model": ErrorBody,
        "description": " Or: ".join((error.__doc__ or "").strip() for error in errors),
        "content": {"application/json": {"examples": examples}},
        "headers": HEADERS.get(status, {}),
    }


FEEDBACK = documented(*(error for error in EXAMPLES if error is not ConflictError))
SCORING = documented(*(error for error in EXAMPLES if error not in {ConflictError, FeedbackUnavailableError}))
READING = documented(KeyRefusedError, NotReadyError)
ADMIN = documented(KeyRefusedError, ConflictError)
