"""The client for programs with an event loop; see ``StanceClient`` for the arguments and errors of the calls."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Self

import httpx2

from service.client.requests import MODEL, STANCE, TIMEOUT_SECONDS, URL, Request, batches, headers, results
from service.client.retries import Retries
from service.schemas import ModelInfo, StanceAnswer, StanceResult


class AsyncStanceClient:
    """Talks to a service without blocking; use it in an ``async with`` statement, or ``await close()``."""

    def __init__(
        self,
        url: str = URL,
        *,
        key: str | None = None,
        retries: Retries = Retries(),  # noqa: B008 - frozen
        timeout: float = TIMEOUT_SECONDS,
        transport: httpx2.AsyncBaseTransport | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._http = httpx2.AsyncClient(base_url=url, headers=headers(key), timeout=timeout, transport=transport)
        self._retries = retries
        self._sleep = sleep
        self._first_seen: ModelInfo | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def model(self) -> ModelInfo:
        """The model in use, and the limits of the service."""
        return ModelInfo.model_validate_json(await self._send(Request("GET", MODEL)))

    async def stance(self, text: str, *, explain: bool = False) -> StanceAnswer:
        """The stance of one text, with its sentences if ``explain``."""
        request = Request("POST", STANCE, {"text": text, "explain": explain})
        return StanceAnswer.model_validate_json(await self._send(request))

    async def stances(self, texts: Sequence[str], *, explain: bool = False) -> AsyncIterator[StanceResult]:
        """The stances of any number of texts, in order, as they come; split to the limits of the service."""
        self._first_seen = self._first_seen or await self.model()
        for request in batches(texts, self._first_seen.limits, explain=explain):
            for result in results(await self._send(request)):
                yield result

    async def _send(self, request: Request) -> bytes:
        tried = 0
        while True:
            tried += 1
            answer = await self._try(request)
            pause = self._retries.wait(tried, answer)
            if pause is None and isinstance(answer, httpx2.Response):
                return answer.content
            await self._sleep(pause or 0.0)

    async def _try(self, request: Request) -> httpx2.Response | httpx2.TransportError:
        try:
            return await self._http.request(request.method, request.path, content=request.content())
        except httpx2.TransportError as error:
            return error
