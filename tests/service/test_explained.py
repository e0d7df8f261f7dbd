"""Requests for evidence cost many times more than plain ones; they neither delay them nor take their places."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from fastapi import FastAPI

from features.answer import Answer
from features.evidence import SentenceEvidence
from service.manifest import Manifest
from tests.service.test_overload import ANSWER, BODY, begin, calling

MakeApp = Callable[..., FastAPI]
EXPLAINED = BODY | {"explain": True}


@dataclass
class SlowToExplain:
    """A model that scores at once, but explains only once ``let_go`` is set."""

    manifest: Manifest
    words: frozenset[str] = frozenset()
    begun: threading.Event = field(default_factory=threading.Event)
    let_go: threading.Event = field(default_factory=threading.Event)
    explained: list[str] = field(default_factory=list)

    def score(self, texts: list[str]) -> list[Answer]:
        """Answer at once."""
        return [ANSWER] * len(texts)

    def explain(self, text: str) -> list[SentenceEvidence]:
        """Wait, then find nothing."""
        self.begun.set()
        assert self.let_go.wait(30)
        self.explained.append(text)
        return []


def slow(app: FastAPI) -> SlowToExplain:
    models = app.state.parts.models
    model = models.served = SlowToExplain(models.served.manifest)
    return model


def test_plain_requests_do_not_wait_behind_explained_ones(make_app: MakeApp) -> None:
    async def scenario() -> None:
        app = make_app()
        model = slow(app)
        async with calling(app) as client:
            explained = begin([client.post("/v1/stance", json=EXPLAINED) for _ in range(20)])
            await asyncio.to_thread(model.begun.wait, 30)
            for _ in range(20):
                assert (await client.post("/v1/stance", json=BODY)).status_code == 200
            assert not any(task.done() for task in explained)
            model.let_go.set()
            assert {(await task).status_code for task in explained} == {200}

    asyncio.run(scenario())


def test_explained_requests_leave_places_for_plain_ones(make_app: MakeApp) -> None:
    async def scenario() -> None:
        app = make_app(max_pending_texts=8, max_pending_explained=4, max_batch_texts=4)
        model = slow(app)
        async with calling(app) as client:
            explained = begin([client.post("/v1/stance", json=EXPLAINED) for _ in range(4)])
            await asyncio.to_thread(model.begun.wait, 30)
            surplus = await client.post("/v1/stance", json=EXPLAINED)
            assert surplus.status_code == 429
            assert surplus.json()["error"] == (
                "overloaded: 4 texts with evidence under way, 1 more would pass the limit, 4"
            )
            assert (await client.post("/v1/stance", json=BODY)).status_code == 200
            model.let_go.set()
            assert {(await task).status_code for task in explained} == {200}
        metrics = app.state.parts.metrics.registry
        assert metrics.get_sample_value("stance_pending_explained_texts") == 0

    asyncio.run(scenario())


def test_what_is_past_its_deadline_is_not_explained_to_the_end(make_app: MakeApp) -> None:
    async def scenario() -> None:
        app = make_app(deadline_seconds=0.05)
        model = slow(app)
        async with calling(app) as client:
            batch = {"texts": [f"China {number}" for number in range(5)], "explain": True}
            assert (await client.post("/v1/stance/batch", json=batch)).status_code == 504
            model.let_go.set()
        assert len(model.explained) <= 1

    asyncio.run(scenario())
