"""Load, deadlines and batching, with a model that answers only when it is let."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from features.answer import Answer
from service.manifest import Manifest

MakeApp = Callable[..., FastAPI]
Queued = Callable[[list[str]], tuple[list[list[str]], list[httpx2.Response]]]
BODY = {"text": "China arms Russia"}
ANSWER = Answer("neutral", {"support": 0.0, "deny": 0.0, "neutral": 1.0}, on_topic=True)


@dataclass
class Held:
    """A model that answers once ``let_go`` is set, and remembers what it was given together."""

    manifest: Manifest
    words: frozenset[str] = frozenset()
    batches: list[list[str]] = field(default_factory=list)
    begun: threading.Event = field(default_factory=threading.Event)
    let_go: threading.Event = field(default_factory=threading.Event)

    def score(self, texts: list[str]) -> list[Answer]:
        """Wait, then answer."""
        self.batches.append(texts)
        self.begun.set()
        assert self.let_go.wait(30)
        if "poison" in texts:
            raise ValueError("the model breaks on this text")
        return [ANSWER] * len(texts)


def hold(app: FastAPI) -> Held:
    """Put such a model in the place of the application's."""
    models = app.state.parts.models
    held = models.served = Held(models.served.manifest)
    return held


@asynccontextmanager
async def calling(app: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    """A client in the application's own event loop."""
    transport = httpx2.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://t") as client,
    ):
        yield client


async def settled(tasks: list[asyncio.Task[Any]], count: int) -> None:
    """Wait until at least so many of the tasks are done."""
    while sum(task.done() for task in tasks) < count:
        await asyncio.wait([task for task in tasks if not task.done()], return_when=asyncio.FIRST_COMPLETED)


def metric(registry: CollectorRegistry, name: str) -> float:
    return registry.get_sample_value(name) or 0.0


def begin(calls: list[Awaitable[httpx2.Response]]) -> list[asyncio.Task[httpx2.Response]]:
    return [asyncio.ensure_future(call) for call in calls]


@pytest.fixture
def behind_a_held_model(make_app: MakeApp) -> Queued:
    """Sends one text, which holds the model, queues others behind it, then lets go; what was scored, and answered."""

    async def answer(texts: list[str]) -> tuple[list[list[str]], list[httpx2.Response]]:
        app = make_app(inline_characters=0)
        held = hold(app)
        async with calling(app) as client:
            tasks = begin([client.post("/v1/stance", json={"text": "first"})])
            await asyncio.to_thread(held.begun.wait, 30)
            tasks += begin([client.post("/v1/stance", json={"text": text}) for text in texts])
            while app.state.parts.batcher.waiting < len(texts):
                await asyncio.sleep(0)
            held.let_go.set()
            return held.batches, await asyncio.gather(*tasks)

    return lambda texts: asyncio.run(answer(texts))


def test_exactly_the_surplus_is_shed(make_app: MakeApp) -> None:
    async def scenario() -> None:
        app = make_app(max_pending_texts=8, max_batch_texts=8, inline_characters=0, retry_after_seconds=3)
        held = hold(app)
        async with calling(app) as client:
            tasks = begin([client.post("/v1/stance", json=BODY) for _ in range(8 + 5)])
            await settled(tasks, 5)
            shed = [task.result() for task in tasks if task.done()]
            assert [answer.status_code for answer in shed] == [429] * 5
            assert {answer.headers["retry-after"] for answer in shed} == {"3"}
            assert shed[0].json()["error"].endswith("1 more would pass the limit, 8")
            for path in ("/livez", "/readyz", "/metrics"):
                assert (await client.get(path)).status_code == 200
            held.let_go.set()
            answers = [await task for task in tasks]
            assert sorted(answer.status_code for answer in answers) == [200] * 8 + [429] * 5
            assert (await client.post("/v1/stance", json=BODY)).status_code == 200
        assert metric(app.state.parts.metrics.registry, "stance_shed_requests_total") == 5
        assert metric(app.state.parts.metrics.registry, "stance_pending_texts") == 0

    asyncio.run(scenario())


def test_a_batch_counts_all_its_texts(make_app: MakeApp) -> None:
    async def scenario() -> None:
        app = make_app(max_pending_texts=8, max_batch_texts=8, inline_characters=0)
        held = hold(app)
        async with calling(app) as client:
            tasks = begin([client.post("/v1/stance/batch", json={"texts": ["China"] * 6})])
            await asyncio.to_thread(held.begun.wait, 30)
            shed = await client.post("/v1/stance/batch", json={"texts": ["China"] * 3})
            assert shed.status_code == 429
            tasks += begin([client.post("/v1/stance/batch", json={"texts": ["China"] * 2})])
            held.let_go.set()
            assert [(await task).status_code for task in tasks] == [200, 200]

    asyncio.run(scenario())


def test_what_waits_is_scored_together(behind_a_held_model: Queued) -> None:
    batches, answers = behind_a_held_model([f"later {n}" for n in range(5)])
    assert {answer.status_code for answer in answers} == {200}
    assert [len(batch) for batch in batches] == [1, 5]


def test_a_text_that_breaks_the_model_fails_alone(behind_a_held_model: Queued) -> None:
    _, answers = behind_a_held_model(["good", "poison", "fine"])
    assert [answer.status_code for answer in answers] == [200, 200, 500, 200]
    assert answers[2].json() == {"error": "internal error", "error_type": "internal_error"}


def test_a_request_past_its_deadline_is_dropped_unscored(make_app: MakeApp) -> None:
    async def scenario() -> None:
        app = make_app(deadline_seconds=0.05, inline_characters=0)
        held = hold(app)
        async with calling(app) as client:
            tasks = begin([client.post("/v1/stance", json={"text": text}) for text in ("first", "second")])
            answers = [await task for task in tasks]
            assert [answer.status_code for answer in answers] == [504, 504]
            assert answers[0].json() == {
                "error": "not answered within 0.05 s",
                "error_type": "deadline_exceeded",
            }
            held.let_go.set()
        given = [text for batch in held.batches for text in batch]
        assert len(given) <= 2
        assert metric(app.state.parts.metrics.registry, "stance_late_requests_total") == 2

    asyncio.run(scenario())


def test_a_body_that_never_ends_is_given_up_at_the_deadline(make_app: MakeApp) -> None:
    async def dribble() -> AsyncIterator[bytes]:
        yield b'{"text": '
        await asyncio.Event().wait()

    async def scenario() -> None:
        app = make_app(deadline_seconds=0.05)
        async with calling(app) as client:
            headers = {"Content-Type": "application/json"}
            answer = await client.post("/v1/stance", content=dribble(), headers=headers)
            assert answer.status_code == 504
        assert metric(app.state.parts.metrics.registry, "stance_pending_texts") == 0

    asyncio.run(scenario())
