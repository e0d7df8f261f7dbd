"""Pure ASGI layers around the application, outermost first: observe, headers, keys, load, deadline, body."""

from starlette.types import Scope

API = "/v1/"


def is_api(scope: Scope) -> bool:
    """Whether a request is one of the API's: ``/v1/…``."""
    return scope["type"] == "http" and bool(scope["path"].startswith(API))


def is_api_post(scope: Scope) -> bool:
    """Whether a request brings a body to the API, and so costs work."""
    return is_api(scope) and scope["method"] == "POST"
