"""Clients that are slow, broken or hostile."""

import asyncio
from collections import Counter
from functools import partial

from tests.faults.bench import TEXT, Bench, Fault
from tests.traffic import BrokenError, Connection, post

GOOD = post("/v1/stance", {"text": TEXT})
HALF_HEAD, HALF_BODY = GOOD[:40], GOOD[:-20]
CHUNKED = b"POST /v1/stance HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
MANY = 50


async def flood(bench: Bench, request: bytes, statuses: set[int]) -> str:
    """Many requests at once; each is answered with a status that it deserves."""
    seen: Counter[int] = Counter()

    async def one() -> None:
        connection = Connection(bench.service.port)
        for _ in range(6):
            seen[(await connection.ask(request))[0]] += 1
        connection.close()

    await asyncio.gather(*(one() for _ in range(MANY)))
    assert set(seen) <= statuses, f"answered {dict(seen)}"
    return ", ".join(f"{count} × {status}" for status, count in sorted(seen.items()))


async def stalled(bench: Bench, sent: bytes, answered: bytes) -> str:
    """Many clients stop half-way; all are cut off in time, with or without an answer."""

    async def one() -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", bench.service.port)
        writer.write(sent)
        try:
            async with asyncio.timeout(15):
                return await reader.read()
        except ConnectionError:
            return b""
        finally:
            writer.transport.abort()

    ends = await asyncio.gather(*(one() for _ in range(MANY)))
    assert all(end.startswith(answered) if answered else not end for end in ends)
    await bench.until(lambda: bench.service.metric("stance_pending_texts") <= MANY / 2, "nothing is left pending")
    return f"{MANY} cut off" + (f" with {answered[9:].decode()}" if answered else "")


async def dribble(bench: Bench) -> str:
    """A body that comes byte by byte, for longer than the deadline."""
    reader, writer = await asyncio.open_connection("127.0.0.1", bench.service.port)
    writer.write(GOOD.replace(b"Length: ", b"Length: 999")[:-20])
    answer = asyncio.create_task(reader.read(12))
    while not answer.done():
        writer.write(b" ")
        await asyncio.sleep(0.05)
    writer.transport.abort()
    assert (await answer).endswith(b"504")
    return "504 at the deadline"


async def hang_up(bench: Bench) -> str:
    """Clients that send a whole request and are gone."""
    for _ in range(4):
        connections = [Connection(bench.service.port) for _ in range(MANY)]
        asked = [asyncio.create_task(connection.ask(GOOD)) for connection in connections]
        await asyncio.sleep(0.02)
        for connection in connections:
            connection.close()
        ends = await asyncio.gather(*asked, return_exceptions=True)
        assert all(isinstance(end, tuple | BrokenError) for end in ends)
    return f"{4 * MANY} hung up"


async def endless(bench: Bench) -> str:
    """A body in chunks without end is cut at the limit."""
    reader, writer = await asyncio.open_connection("127.0.0.1", bench.service.port)
    writer.write(CHUNKED)
    answer = asyncio.create_task(reader.read(12))
    sent = 0
    chunk = b"4000\r\n" + b" " * 0x4000 + b"\r\n"
    while not answer.done():
        writer.write(chunk)
        sent += 0x4000
        await asyncio.sleep(0)
        assert sent < 50_000_000, "the service reads on and on"
    writer.transport.abort()
    assert (await answer).endswith(b"413")
    return "413 at the limit"


async def idle(bench: Bench) -> str:
    """Hundreds of connections that say nothing."""
    opened = [await asyncio.open_connection("127.0.0.1", bench.service.port) for _ in range(300)]
    status, _ = await Connection(bench.service.port).ask(GOOD)
    for _, writer in opened:
        writer.transport.abort()
    assert status == 200
    return "300 open, others answered"


def _batch(*texts: str) -> bytes:
    return post("/v1/stance/batch", {"texts": [TEXT] * 20 + list(texts)})


FLOODS: dict[str, tuple[bytes, set[int]]] = {
    "flood of invalid JSON": (post("/v1/stance", b'{"text": "China'), {400}),
    "flood of what is not HTTP": (b"\x16\x03\x01 what is this\r\n\r\n", {400}),
    "flood of the wrong media type": (GOOD.replace(b"application/json", b"text/html"), {415}),
    "flood of oversize bodies": (GOOD.replace(b"Length: ", b"Length: 99999999"), {413}),
    "flood of batches with a blank item": (_batch(" "), {422}),
    "flood of batches with an item too long": (_batch("x" * 100_001), {413}),
    "flood of lone surrogates": (post("/v1/stance", rb'{"text": "China \ud800"}'), {422}),
    "flood of deep nesting": (post("/v1/stance", b"[" * 50_000), {400, 422}),
    "flood of odd characters": (post("/v1/stance", {"text": "China\x00\u202e\U0001f43c arms Russia"}), {200, 429}),
}
FAULTS = (
    *(Fault(name, partial(flood, request=sent, statuses=codes)) for name, (sent, codes) in FLOODS.items()),
    Fault("heads half sent", partial(stalled, sent=HALF_HEAD, answered=b"")),
    Fault("bodies half sent", partial(stalled, sent=HALF_BODY, answered=b"HTTP/1.1 504")),
    Fault("body byte by byte", dribble),
    Fault("body without end", endless),
    Fault("clients that hang up", hang_up),
    Fault("idle connections by the hundred", idle),
)
