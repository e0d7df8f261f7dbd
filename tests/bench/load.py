"""The client: so many kept-alive connections, each sending the next request as soon as it has its answer.

Run as a process of its own, ``python -m tests.bench.load``, so that it takes no time from a server; the answer
is JSON on standard output.
"""

import argparse
import asyncio
import json
import os
import sys
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import cast

import uvloop

from tests.bench.figures import Load

DRAIN_SECONDS = 5.0
_HEAD_END = b"\r\n\r\n"
_LENGTH = b"content-length:"
_OK = b"200"


def request(path: str, body: bytes) -> bytes:
    """Return a POST of JSON as it goes over the wire."""
    head = f"POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    return head.encode() + _HEAD_END + body


class _Client(asyncio.Protocol):
    """One connection: sends, waits for the whole answer, notes its time, sends the next."""

    def __init__(self, requests: Iterator[bytes], until: float, latencies: list[float], errors: list[bytes]) -> None:
        self.done = asyncio.get_running_loop().create_future()
        self._requests, self._until = requests, until
        self._latencies, self._errors = latencies, errors
        self._received = b""
        self._needed = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is of no common type
        self._send()

    def data_received(self, data: bytes) -> None:
        self._received += data
        if not self._needed:
            end = self._received.find(_HEAD_END)
            if end < 0:
                return
            head = self._received[:end].lower()
            self._needed = end + len(_HEAD_END) + int(head.partition(_LENGTH)[2].partition(b"\r\n")[0])
        if len(self._received) >= self._needed:
            self._answered()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self._errors.append(repr(exc).encode())
            self.done.set_result(None)

    def _send(self) -> None:
        self._received, self._needed = b"", 0
        self._sent = time.perf_counter()
        self._transport.write(next(self._requests))

    def _answered(self) -> None:
        now = time.perf_counter()
        if self._received[9:12] == _OK:
            self._latencies.append(now - self._sent)
        else:
            self._errors.append(self._received[:200])
        if now < self._until:
            self._send()
        else:
            self.done.set_result(None)
            self._transport.close()


async def run(port: int, requests: list[bytes], connections: int, seconds: float) -> Load:
    """Send requests in turn over so many connections for so long; what is under way then is waited for."""
    latencies: list[float] = []
    errors: list[bytes] = []
    loop = asyncio.get_running_loop()
    turn = cycle(requests)
    begun = time.perf_counter()
    clients = [
        (await loop.create_connection(lambda: _Client(turn, begun + seconds, latencies, errors), "127.0.0.1", port))[1]
        for _ in range(connections)
    ]
    _, late = await asyncio.wait([client.done for client in clients], timeout=seconds + DRAIN_SECONDS)
    return Load(tuple(latencies), len(errors) + len(late), time.perf_counter() - begun)


def main() -> None:
    """Read what to do from the command line, do it, print the outcome."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--path", required=True)
    parser.add_argument("--bodies", type=Path, required=True, help="JSON lines, one body each")
    parser.add_argument("--connections", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--core", type=int, default=None)
    given = parser.parse_args()
    if given.core is not None:
        os.sched_setaffinity(0, {given.core})
    requests = [request(given.path, body) for body in given.bodies.read_bytes().splitlines()]
    load = uvloop.run(run(given.port, requests, given.connections, given.seconds))
    json.dump({"latencies": load.latencies, "errors": load.errors, "seconds": load.seconds}, sys.stdout)


if __name__ == "__main__":
    main()
