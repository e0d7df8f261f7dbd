"""The client for programs that wait."""

import time
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Self

import httpx2

from service.client.requests import MODEL, STANCE, TIMEOUT_SECONDS, URL, Request, batches, headers, results
from service.client.retries import Retries
from service.schemas import ModelInfo, StanceAnswer, StanceResult


class StanceClient:
    """Talks to a service; close it, or use it in a ``with`` statement.

    Args:
        url: where the service is.
        key: an API key, if the service wants one.
        retries: how often a request is tried.
        timeout: seconds for one try.
        transport: another transport than the network, for tests.
        sleep: how to wait between tries.
    """

    def __init__(
        self,
        url: str = URL,
        *,
        key: str | None = None,
        retries: Retries = Retries(),  # noqa: B008 - frozen
        timeout: float = TIMEOUT_SECONDS,
        transport: httpx2.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._http = httpx2.Client(base_url=url, headers=headers(key), timeout=timeout, transport=transport)
        self._retries = retries
        self._sleep = sleep

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    @cached_property
    def _first_seen(self) -> ModelInfo:
        return self.model()

    def model(self) -> ModelInfo:
        """The model in use, and the limits of the service.

        Raises:
            RefusedError: the key is missing or wrong.
            UnavailableError: no answer in all tries. So do all calls.
        """
        return ModelInfo.model_validate_json(self._send(Request("GET", MODEL)))

    def stance(self, text: str, *, explain: bool = False) -> StanceAnswer:
        """The stance of one text, with its sentences if ``explain``.

        Raises:
            RefusedError: the text is empty, too long, or no Unicode.
        """
        return StanceAnswer.model_validate_json(self._send(Request("POST", STANCE, {"text": text, "explain": explain})))

    def stances(self, texts: Sequence[str], *, explain: bool = False) -> Iterator[StanceResult]:
        """The stances of any number of texts, in order, as they come; split to the limits of the service.

        Raises:
            RefusedError: a text is empty, too long, or no Unicode; those in requests before it are answered.
        """
        for request in batches(texts, self._first_seen.limits, explain=explain):
            yield from results(self._send(request))

    def _send(self, request: Request) -> bytes:
        tried = 0
        while True:
            tried += 1
            answer = self._try(request)
            pause = self._retries.wait(tried, answer)
            if pause is None and isinstance(answer, httpx2.Response):
                return answer.content
            self._sleep(pause or 0.0)

    def _try(self, request: Request) -> httpx2.Response | httpx2.TransportError:
        try:
            return self._http.request(request.method, request.path, content=request.content())
        except httpx2.TransportError as error:
            return error
