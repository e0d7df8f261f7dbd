"""The client against a real application, and against services that have a bad day."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx2
import pandas as pd
import pytest
from starlette.testclient import TestClient

from service.client import AsyncStanceClient, RefusedError, StanceClient, UnavailableError, score
from service.client.requests import batches
from service.client.retries import MOST_SECONDS, Retries
from service.schemas import Limits

DENIAL = "China denied sending weapons to Russia."
ANSWER = {
    "stance": "deny",
    "probabilities": {"support": 0.1, "deny": 0.8, "neutral": 0.1},
    "on_topic": True,
    "model": {"name": "stance", "version": "1"},
}


def limits(**changes: int) -> Limits:
    large = dict.fromkeys(Limits.model_fields, 10_000)
    return Limits.model_validate(large | changes)


@pytest.fixture
def asked(start: Callable[..., TestClient]) -> StanceClient:
    """A client of a service that takes three texts at a time."""
    return StanceClient(transport=start(max_batch_texts=3)._transport)


def test_answers_are_typed(asked: StanceClient) -> None:
    found = asked.stance(DENIAL, explain=True)
    assert found.stance == "deny"
    assert found.sentences is not None
    assert found.sentences[0].text == DENIAL
    assert asked.model().limits.max_batch_texts == 3


def test_many_texts_are_split_and_stay_in_order(asked: StanceClient) -> None:
    texts = [DENIAL, "Chinese firms supplied Russian arms plants with machine tools."] * 4
    assert [found.stance for found in asked.stances(texts)] == [asked.stance(text).stance for text in texts]


def test_a_refusal_is_not_tried_again(asked: StanceClient) -> None:
    with pytest.raises(RefusedError, match="422 validation_error") as caught:
        asked.stance(" ")
    assert caught.value.status == 422


def test_a_table_gets_columns(asked: StanceClient) -> None:
    frame = pd.DataFrame({"headline": [DENIAL, None, " "], "n": [1, 2, 3]}, index=[7, 7, 9])
    scored = score(frame, text="headline", client=asked)
    assert scored[["headline", "n"]].equals(frame)
    assert scored["stance"].iloc[0] == "deny"
    assert scored["deny"].isna().tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("bounds", "sizes"),
    [
        ({"max_batch_texts": 2}, [2, 2, 1]),
        ({"max_total_characters": 30}, [3, 2]),
        ({"max_body_bytes": 100}, [2, 2, 1]),
        ({}, [5]),
    ],
)
def test_batches_fit_the_limits(bounds: dict[str, int], sizes: list[int]) -> None:
    made = list(batches(["0123456789"] * 5, limits(**bounds), explain=False))
    assert [len((request.body or {})["texts"]) for request in made] == sizes
    assert all(len(request.content() or b"") <= bounds.get("max_body_bytes", 10_000) for request in made)


class BadDay:
    """A service that answers in turn with what it is given, then well; and notes the waits of its client."""

    def __init__(self, *answers: httpx2.Response | Exception) -> None:
        self.answers = list(answers)
        self.waits: list[float] = []

    def __call__(self, _: httpx2.Request) -> httpx2.Response:
        """Answer a request."""
        answer = self.answers.pop(0) if self.answers else httpx2.Response(200, json=ANSWER)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def client(self, tries: int = 6) -> StanceClient:
        """A client of this service."""
        return StanceClient(transport=httpx2.MockTransport(self), sleep=self.waits.append, retries=Retries(tries))


def busy(after: str) -> httpx2.Response:
    return httpx2.Response(429, headers={"Retry-After": after}, json={"error": "busy", "error_type": "overloaded"})


def test_it_waits_as_long_as_it_is_asked_to() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    service = BadDay(busy("7"), busy(soon), busy("gibberish"))
    assert service.client().stance("x").stance == "deny"
    first, second, third = service.waits
    assert first == 7
    assert 80 < second <= 90
    assert third <= MOST_SECONDS


def test_a_broken_connection_is_tried_again_ever_later() -> None:
    service = BadDay(*[httpx2.ConnectError("refused") for _ in range(4)])
    assert service.client().stance("x").stance == "deny"
    assert service.waits[0] < service.waits[2] < service.waits[3]


def test_it_gives_up_in_the_end() -> None:
    with pytest.raises(UnavailableError, match="no answer in 2 tries; the last: 429 overloaded: busy"):
        BadDay(busy("1"), busy("1"), busy("1")).client(tries=2).stance("x")


def test_the_asynchronous_client_does_the_same() -> None:
    service, waits = BadDay(busy("3"), httpx2.ConnectError("refused")), []

    async def note(seconds: float) -> None:
        waits.append(seconds)

    async def ask() -> str:
        async with AsyncStanceClient(transport=httpx2.MockTransport(service), sleep=note) as client:
            return (await client.stance("x")).stance

    assert asyncio.run(ask()) == "deny"
    assert waits[0] == 3
