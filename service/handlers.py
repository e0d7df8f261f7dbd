"""Turns the framework's exceptions into the one error shape, without repeating what the client sent."""

from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from service.errors import BadRequestError, InvalidError, ServiceError, error_response

PROBLEMS_SHOWN = 3


def install(app: FastAPI) -> None:
    """Register the handlers on the application."""
    app.add_exception_handler(HTTPException, on_http_exception)
    app.add_exception_handler(RequestValidationError, on_validation_error)


def on_http_exception(_: Request, error: Exception) -> Response:
    """Service errors as they are; the framework's own (404, 405, an unreadable body) in the same shape."""
    if isinstance(error, ServiceError):
        return error.response()
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return BadRequestError("the body cannot be parsed as JSON").response()
    phrase = HTTPStatus(error.status_code).phrase
    headers = dict(error.headers or {})
    return error_response(error.status_code, phrase.lower().replace(" ", "_"), phrase, headers)


def on_validation_error(_: Request, error: Exception) -> Response:
    """400 where the body is no JSON, else 422 with the first few places and what is wrong there."""
    if not isinstance(error, RequestValidationError):
        raise error
    problems = error.errors()
    if problems and problems[0]["type"] == "json_invalid":
        position = problems[0]["loc"][-1]
        return BadRequestError(
            f"the body is not JSON: {problems[0]['ctx']['error']} at character {position}"
        ).response()
    return InvalidError("; ".join(_describe(problem) for problem in problems[:PROBLEMS_SHOWN])).response()


def _describe(problem: dict[str, object]) -> str:
    place = problem["loc"]
    path = ".".join(str(part)[:40] for part in place) if isinstance(place, tuple) else "body"
    if problem["type"] == "string_pattern_mismatch":
        return f"{path}: the text is empty or blank"
    return f"{path}: {problem['msg']}"
