"""Pure ASGI layers around the application.

Outermost first: observe, trace, headers, keys, rate, load, deadline, body, direct.
"""

from starlette.types import Scope

API = "/v1/"
ADMIN = "/v1/admin/"


def is_api(scope: Scope) -> bool:
    """Whether a request is one of the API's: ``/v1/…``, but for the administrator's."""
    return scope["type"] == "http" and scope["path"].startswith(API) and not is_admin(scope)


def is_admin(scope: Scope) -> bool:
    """Whether a request is the administrator's: ``/v1/admin/…``. It is neither shed nor limited."""
    return scope["type"] == "http" and bool(scope["path"].startswith(ADMIN))


def is_api_post(scope: Scope) -> bool:
    """Whether a request brings a body to the API, and so costs work."""
    return is_api(scope) and scope["method"] == "POST"


def header(scope: Scope, name: bytes) -> str:
    """The first value of a request's header, by its name in lower case; empty if it has none."""
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")
