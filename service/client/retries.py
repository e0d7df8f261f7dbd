"""When to send a request again, and how long to wait before: what the service asks for, else longer each time."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx2

from service.client.errors import RefusedError, UnavailableError
from service.schemas import ErrorBody

PASSING = frozenset({429, 502, 503, 504})
LEAST_SECONDS = 0.25
MOST_SECONDS = 30.0
GOOD = 200


@dataclass(frozen=True, slots=True)
class Retries:
    """How often a request is sent at most; the wait doubles, with jitter, unless the service names one."""

    tries: int = 6

    def wait(self, tried: int, answer: httpx2.Response | httpx2.TransportError) -> float | None:
        """Seconds to wait after so many tries; None if the answer is the wanted one.

        Raises:
            RefusedError: it is an answer that another try would not change.
            UnavailableError: that was the last try.
        """
        if isinstance(answer, httpx2.Response):
            if answer.status_code == GOOD:
                return None
            if answer.status_code not in PASSING:
                raise _refusal(answer)
        if tried >= self.tries:
            raise UnavailableError(f"no answer in {tried} tries; the last: {_describe(answer)}")
        return max(_asked_for(answer), _growing(tried))


def _asked_for(answer: httpx2.Response | httpx2.TransportError) -> float:
    """Seconds of ``Retry-After``, which is a number or a date (RFC 9110, section 10.2.3); 0 if there is none."""
    value = answer.headers.get("retry-after", "") if isinstance(answer, httpx2.Response) else ""
    if value.isdecimal():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return 0.0


def _growing(tried: int) -> float:
    return min(MOST_SECONDS, LEAST_SECONDS * 2.0 ** (tried - 1)) * random.uniform(0.5, 1.0)  # noqa: S311 - no secret


def _refusal(answer: httpx2.Response) -> RefusedError:
    try:
        body = ErrorBody.model_validate_json(answer.content)
    except ValueError:
        body = ErrorBody(error=answer.reason_phrase, error_type="unknown")
    return RefusedError(answer.status_code, body.error_type, body.error)


def _describe(answer: httpx2.Response | httpx2.TransportError) -> str:
    return str(_refusal(answer)) if isinstance(answer, httpx2.Response) else f"{type(answer).__name__}: {answer}"
