"""Workers that die or hang, services that are told to stop, keys that change meanwhile."""

import asyncio
import os
import signal

from tests.faults.bench import TEXT, Bench, Fault, ask_on
from tests.serving import Service
from tests.traffic import BrokenError, Connection, Traffic, post

WORKERS = 2
ARTICLES = post("/v1/stance/batch", {"texts": [TEXT * 20] * 30})


async def kill_one(bench: Bench) -> str:
    """One of two workers is killed; the other goes on, and a new one comes."""
    killed = bench.service.workers()[0].pid
    os.kill(killed, signal.SIGKILL)
    await _replaced(bench, {killed})
    return "a new worker in its place"


async def kill_both(bench: Bench) -> str:
    """Both workers are killed at once; new ones come."""
    killed = {worker.pid for worker in bench.service.workers()}
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    await _replaced(bench, killed)
    return "two new workers"


async def stop_one_politely(bench: Bench) -> str:
    """One of two workers gets a SIGTERM of its own."""
    told = bench.service.workers()[0].pid
    os.kill(told, signal.SIGTERM)
    await _replaced(bench, {told})
    return "it drained; a new worker in its place"


async def freeze_one(bench: Bench) -> str:
    """One of two workers stands still for a second."""
    frozen = bench.service.workers()[0].pid
    os.kill(frozen, signal.SIGSTOP)
    await asyncio.sleep(1)
    os.kill(frozen, signal.SIGCONT)
    return "its requests waited"


async def stop_under_load(bench: Bench) -> str:
    """SIGTERM with requests under way: all of them are answered, and the exit code is 0."""
    with bench.another(grace_seconds=30, deadline_seconds=30, workers=WORKERS) as service:
        connections = [Connection(service.port) for _ in range(20)]
        asked = [asyncio.create_task(connection.ask(ARTICLES)) for connection in connections]
        await bench.until(lambda: service.metric("stance_pending_texts") > len(asked), "requests are under way")
        code = await asyncio.to_thread(service.stop)
        statuses = [status for status, _ in await asyncio.gather(*asked)]
    assert code == 0, f"exit code {code}"
    assert set(statuses) == {200}, f"answered {statuses}"
    return f"{len(statuses)} under way answered, exit 0"


async def deadlines(bench: Bench) -> str:
    """More work than the deadline leaves time for: 504 in time, nothing scored for nobody, and then all is well."""
    with bench.another(deadline_seconds=0.1) as service:

        async def one() -> int:
            return (await Connection(service.port).ask(ARTICLES))[0]

        statuses = await asyncio.gather(*(one() for _ in range(30)))
        assert set(statuses) <= {200, 504}, f"answered {statuses}"
        assert 504 in statuses
        await bench.until(lambda: service.metric("stance_pending_texts") == 0, "nothing is left pending")
        light = ask_on(service, clients=1)
        async with light:
            await asyncio.sleep(0.5)
        assert not light.tally.lost
    return f"{statuses.count(504)} × 504, {statuses.count(200)} × 200"


async def rotate_keys(bench: Bench) -> str:
    """The key file changes under load: the old key ends, the new begins, holders of both see no fault."""
    file = bench.directory / "keys"
    file.write_text("always\nold\n", encoding="utf-8")
    with bench.another(api_keys_file=file) as service:
        traffic = ask_on(service, clients=2, key="always")
        async with traffic:
            for old, new in (("old", "new"), ("new", "newer"), ("newer", "newest")):
                assert await _status(service, old) == 200
                fresh = file.with_suffix(".new")
                fresh.write_text(f"always\n{new}\n", encoding="utf-8")
                fresh.replace(file)
                assert (await _status(service, old), await _status(service, new)) == (401, 200)
    return _told(traffic)


async def surplus_of_a_key(bench: Bench) -> str:
    """One key sends far over its rate; it alone is refused."""
    settings = {"api_keys": "greedy,modest", "rate_per_second": 50, "rate_burst": 50}
    with bench.another(**settings) as service:
        modest = ask_on(service, clients=1, key="modest")
        modest.pause = 0.1
        async with modest:
            statuses = [await _status(service, "greedy") for _ in range(300)]
    assert 429 in statuses
    assert modest.tally.seen.keys() == {"200"}, str(modest.tally)
    return f"{statuses.count(429)} of 300 refused, the other key none"


async def _replaced(bench: Bench, gone: set[int]) -> None:
    def fresh() -> bool:
        pids = {worker.pid for worker in bench.service.workers()}
        model = 'stance_model_info{name="stance",run_id="0123abcd",version="1"}'
        return len(pids) == WORKERS and not pids & gone and bench.service.metric(model) == WORKERS

    await bench.until(fresh, "the workers are replaced")


async def _status(service: Service, key: str) -> int:
    connection = Connection(service.port)
    try:
        return (await connection.ask(post("/v1/stance", {"text": TEXT}, key)))[0]
    except BrokenError:
        return 0
    finally:
        connection.close()


def _told(traffic: Traffic) -> str:
    assert not traffic.tally.lost, traffic.tally.lost[0]
    return str(traffic.tally)


FAULTS = (
    Fault("one of two workers killed", kill_one),
    Fault("both workers killed", kill_both),
    Fault("SIGTERM to one worker", stop_one_politely),
    Fault("a worker that stands still", freeze_one),
    Fault("SIGTERM under load", stop_under_load, alone=True),
    Fault("deadlines under a heap of work", deadlines, alone=True),
    Fault("keys rotated under load", rotate_keys, alone=True),
    Fault("a key far over its rate", surplus_of_a_key, alone=True),
)
