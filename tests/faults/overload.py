"""More than the service can do: the surplus is refused at once, the rest goes on, and health still answers."""

import asyncio
import math
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.faults.bench import TEXT, Bench, Fault
from tests.traffic import BrokenError, Connection, get, post

BATCH = post("/v1/stance/batch", {"texts": [TEXT] * 64})
EXPLAINED = post("/v1/stance", {"text": TEXT * 30, "explain": True})
PLAIN = post("/v1/stance", {"text": TEXT})
SECONDS = 4.0
SETTINGS = {"max_pending_texts": 256, "max_pending_explained": 256, "deadline_seconds": 10, "poll_seconds": 60}
HEALTHY_SECONDS = 0.05
GOODPUT = 0.9
SURPASSED = 1.1


@dataclass
class Seen:
    """Answers by status, and the seconds that refusals and health checks took."""

    answers: Counter[int] = field(default_factory=Counter)
    refused: list[float] = field(default_factory=list)
    health: list[float] = field(default_factory=list)


async def four_times(bench: Bench) -> str:
    """Four times the batches that it can score, at a steady rate: goodput stays, the surplus gets its 429 at once."""
    with bench.another(**SETTINGS) as service:
        await _closed(service.port)  # warms up
        peak, served, seen = await _closed(service.port), math.inf, Seen()
        while served > SURPASSED * peak:  # then it was no peak: something else was busy on this machine
            peak = peak if math.isinf(served) else served
            seen = await _open(service.port, 4 * peak)
            served = seen.answers[200] / SECONDS
    goodput = served / peak
    refused, health = statistics.median(seen.refused), statistics.quantiles(seen.health, n=20)[-1]
    told = f"peak {peak:.0f}/s, goodput {goodput:.0%}, 429 in {refused * 1e3:.1f} ms, health p95 {health * 1e3:.0f} ms"
    assert set(seen.answers) == {200, 429}, f"answered {dict(seen.answers)}"
    assert goodput >= GOODPUT, told
    assert refused < HEALTHY_SECONDS, told
    assert statistics.median(seen.health) < HEALTHY_SECONDS, told
    return told


async def explain_flood(bench: Bench) -> str:
    """Requests for evidence without end: plain ones are answered all the same."""
    with bench.another(**SETTINGS | {"deadline_seconds": 30}) as service:
        flood = [asyncio.create_task(_ask_on(service.port, EXPLAINED)) for _ in range(16)]
        await asyncio.sleep(0.3)
        connection, seconds = Connection(service.port), []
        for _ in range(50):
            begun = time.perf_counter()
            assert (await connection.ask(PLAIN))[0] == 200
            seconds.append(time.perf_counter() - begun)
        for task in flood:
            task.cancel()
        await asyncio.gather(*flood, return_exceptions=True)
    middle = statistics.median(seconds)
    assert middle < HEALTHY_SECONDS, f"a plain request took {middle * 1e3:.0f} ms"
    return f"a plain request took {middle * 1e3:.1f} ms"


async def _closed(port: int) -> float:
    """Batches a second with four always under way: as many as there is room for."""
    end = time.monotonic() + SECONDS / 2
    done = 0

    async def client() -> None:
        nonlocal done
        connection = Connection(port)
        while time.monotonic() < end:
            done += (await connection.ask(BATCH))[0] == 200
        connection.close()

    await asyncio.gather(*(client() for _ in range(4)))
    return done / (SECONDS / 2)


async def _open(port: int, rate: float) -> Seen:
    """Send at a steady rate whatever comes back, and ask after health and metrics meanwhile."""
    seen, free, asked = Seen(), [Connection(port) for _ in range(8)], []
    checks = asyncio.create_task(_check_on(port, seen))
    begun, sent = time.monotonic(), 0
    while (past := time.monotonic() - begun) < SECONDS:
        while sent < past * rate:
            connection = free.pop() if free else Connection(port)
            asked.append(asyncio.create_task(_one(connection, free, seen)))
            sent += 1
        await asyncio.sleep(0.002)
    checks.cancel()
    await asyncio.gather(*asked)
    for connection in free:
        connection.close()
    return seen


async def _one(connection: Connection, free: list[Connection], seen: Seen) -> None:
    begun = time.perf_counter()
    try:
        status, _ = await connection.ask(BATCH)
    except BrokenError:
        status = 0
    seen.answers[status] += 1
    if status == 429:
        seen.refused.append(time.perf_counter() - begun)
    free.append(connection)


async def _check_on(port: int, seen: Seen) -> None:
    connection = Connection(port)
    while True:
        for path in ("/livez", "/readyz", "/metrics"):
            begun = time.perf_counter()
            assert (await connection.ask(get(path)))[0] == 200
            seen.health.append(time.perf_counter() - begun)
            await asyncio.sleep(0.02)


async def _ask_on(port: int, request: bytes) -> None:
    connection = Connection(port)
    while True:
        await connection.ask(request)


FAULTS = (
    Fault("four times the load", four_times, alone=True),
    Fault("flood of requests for evidence", explain_flood, alone=True),
)
