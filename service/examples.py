"""What the OpenAPI document says about each status that is not 200, with an example of each."""

from typing import Any

from service.errors import (
    BadRequest,
    DeadlineExceeded,
    Invalid,
    KeyRefused,
    NotJson,
    NotReady,
    Overloaded,
    ServiceError,
    TooLarge,
)
from service.schemas import ErrorBody

Responses = dict[int | str, dict[str, Any]]

EXAMPLES: dict[type[ServiceError], str] = {
    BadRequest: "the body is not JSON: Expecting value at character 9",
    KeyRefused: "API key missing or wrong",
    TooLarge: "texts.3 has 120000 characters, the limit is 100000",
    NotJson: "the body must be sent as Content-Type: application/json",
    Invalid: "body.text: the text is empty or blank",
    Overloaded: "overloaded: 1020 texts under way, 8 more would exceed the limit of 1024",
    NotReady: "no model is ready: still loading",
    DeadlineExceeded: "not answered within 10 s",
}
HEADERS = {
    Overloaded: {"Retry-After": {"description": "seconds to wait", "schema": {"type": "integer"}}},
    KeyRefused: {"WWW-Authenticate": {"description": "always `Bearer`", "schema": {"type": "string"}}},
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
READING = documented(KeyRefused, NotReady)
