"""What the OpenAPI document says about each status that is not 200, with an example of each."""

from typing import Any

from service.errors import (
    BadRequestError,
    DeadlineError,
    InvalidError,
    KeyRefusedError,
    NotJsonError,
    NotReadyError,
    OverloadedError,
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
    OverloadedError: "overloaded: 1020 texts under way, 8 more would pass the limit, 1024",
    NotReadyError: "no model is ready: still loading",
    DeadlineError: "not answered within 10 s",
}
HEADERS = {
    OverloadedError: {"Retry-After": {"description": "seconds to wait", "schema": {"type": "integer"}}},
    KeyRefusedError: {"WWW-Authenticate": {"description": "always `Bearer`", "schema": {"type": "string"}}},
}


def documented(*errors: type[ServiceError]) -> Responses:
    """The ``responses`` of an operation that may answer with these errors."""
    return {error.status: _response(error) for error in errors}


def _response(error: type[ServiceError]) -> dict[str, Any]:
    example = {"error": EXAMPLES[error], "error_type": error.error_type}
    return {
        "model": ErrorBody,
        "description": (error.__doc__ or "").strip(),
        "content": {"application/json": {"example": example}},
        "headers": HEADERS.get(error, {}),
    }


SCORING = documented(*EXAMPLES)
READING = documented(KeyRefusedError, NotReadyError)
