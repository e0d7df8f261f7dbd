"""Python client of the HTTP API. Needs the extra `client`, and none of the service's own parts."""

from service.client.asynchronous import AsyncStanceClient
from service.client.errors import ClientError, RefusedError, UnavailableError
from service.client.frames import score
from service.client.synchronous import StanceClient

__all__ = ["AsyncStanceClient", "ClientError", "RefusedError", "StanceClient", "UnavailableError", "score"]
