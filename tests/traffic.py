"""Clients for load: a bare HTTP/1.1 connection, and traffic that notes what became of every request."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

Answered = tuple[int, bytes]
HEAD_END = b"\r\n\r\n"
WORTH_A_RETRY = frozenset({429, 503, 504})
RETRY_PAUSE = 0.05
GIVE_UP_SECONDS = 60.0


class BrokenError(Exception):
    """The connection ended without an answer."""


class Connection:
    """One kept-alive connection to the service; opened again after it was broken."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, request: bytes, seconds: float = GIVE_UP_SECONDS) -> Answered:
        """Send a whole request; returns status and body.

        Raises:
            BrokenError: there was no answer, or not in time.
        """
        try:
            async with asyncio.timeout(seconds):
                if self._streams is None:
                    self._streams = await asyncio.open_connection("127.0.0.1", self._port)
                reader, writer = self._streams
                writer.write(request)
                head = (await reader.readuntil(HEAD_END)).lower()
                length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0] or 0)
                body = await reader.readexactly(length)
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            self.close()
            raise BrokenError(type(error).__name__) from error
        if b"connection: close" in head:
            self.close()
        return int(head[9:12]), body

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].transport.abort()
            self._streams = None


def post(path: str, body: Any, key: str | None = None) -> bytes:
    """A POST, ready to be sent; ``body`` is bytes or what becomes JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"POST {path} HTTP/1.1", "Host: test", "Content-Type: application/json", f"Content-Length: {len(content)}"]
    if key is not None:
        lines.append(f"Authorization: Bearer {key}")
    return "\r\n".join(lines).encode() + HEAD_END + content


def get(path: str) -> bytes:
    """A GET, ready to be sent."""
    return f"GET {path} HTTP/1.1\r\nHost: test".encode() + HEAD_END


@dataclass
class Tally:
    """What clients saw: statuses (or ``broken``) of all tries, and requests that were never answered well."""

    seen: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return ", ".join(f"{count} × {what}" for what, count in sorted(self.seen.items())) or "nothing"


class Traffic:
    """Clients that send a request over and over, each on its connection, and retry what documents say to retry."""

    def __init__(self, port: int, request: Callable[[], bytes], good: Callable[[bytes], bool], clients: int) -> None:
        self.tally = Tally()
        self.pause = 0.01
        self._port, self._request, self._good = port, request, good
        self._clients = clients
        self._going = True
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        self._tasks = [asyncio.create_task(self._client()) for _ in range(self._clients)]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._going = False
        await asyncio.gather(*self._tasks)

    async def _client(self) -> None:
        connection = Connection(self._port)
        while self._going:
            await self._insist(connection)
            await asyncio.sleep(self.pause)
        connection.close()

    async def _insist(self, connection: Connection) -> None:
        """One request until it is answered well; refusals that pass and broken connections are tried again."""
        begun = time.monotonic()
        while time.monotonic() - begun < GIVE_UP_SECONDS:
            tried = time.perf_counter()
            try:
                status, body = await connection.ask(self._request())
            except BrokenError:
                self.tally.seen["broken"] += 1
                await asyncio.sleep(RETRY_PAUSE)
                continue
            self.tally.seen[str(status)] += 1
            if status in WORTH_A_RETRY:
                await asyncio.sleep(RETRY_PAUSE)
                continue
            self.tally.seconds.append(time.perf_counter() - tried)
            if status != 200 or not self._good(body):
                self.tally.lost.append(f"{status} {body[:120]!r}")
            return
        self.tally.lost.append(f"no answer in {GIVE_UP_SECONDS:g} s")
