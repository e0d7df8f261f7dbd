"""What is wrong with a body is said by its place; a body is answered alike whole and in pieces."""

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.testing import capture_logs

from features.answer import Answer
from service.app import create_app
from service.served import ServedModel
from service.settings import Settings

JSON = {"Content-Type": "application/json"}
TEXT = "China denied arming Russia. \U0001f43c"


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        (b'{"text": oops}', 400, "the body is not JSON: Expecting value at character 9"),
        (b'{"text": "China"} {}', 400, "the body is not JSON: Extra data at character 18"),
        (b'{"text": "\xff"}', 400, "the body cannot be parsed as JSON"),
        (b"", 422, "body: Field required"),
        (b"[]", 422, "body: Input should be a valid dictionary or object to extract fields from"),
        (b"{}", 422, "body.text: Field required"),
        (b'{"text": 1}', 422, "body.text: Input should be a valid string"),
        (b'{"text": " "}', 422, "body.text: the text is empty or blank"),
        (b'{"text": "China", "explain": 1}', 422, "body.explain: Input should be a valid boolean"),
        (b'{"text": "China", "more": 1}', 422, "body.more: Extra inputs are not permitted"),
        (
            b'{"text": null, "explain": "yes"}',
            422,
            "body.text: Input should be a valid string; body.explain: Input should be a valid boolean",
        ),
    ],
)
def test_what_is_wrong_is_said_by_place(client: TestClient, body: bytes, status: int, message: str) -> None:
    answer = client.post("/v1/stance", content=body, headers=JSON)
    assert (answer.status_code, answer.json()["error"]) == (status, message)


@pytest.fixture(scope="module")
def in_pieces(pristine: Path) -> Iterator[TestClient]:
    """A service that gets every body in two pieces, which only the framework reads."""
    app = create_app(Settings(bundle=pristine))
    app.state.parts.models.refresh()
    with TestClient(cut(app)) as client:
        yield client


def cut(app: ASGIApp) -> ASGIApp:
    """An application that cuts the bodies of another."""

    async def handle(scope: Scope, receive: Receive, send: Send) -> None:
        pieces: list[Message] = []

        async def receive_piece() -> Message:
            if not pieces:
                message = await receive()
                if message["type"] != "http.request":
                    return message
                body = message["body"]
                pieces[:] = [{**message, "body": body[5:]}, {**message, "body": body[:5], "more_body": True}]
            return pieces.pop()

        await app(scope, receive_piece, send)

    return handle


@pytest.mark.parametrize(
    "body",
    [
        json.dumps({"text": TEXT, "explain": True}).encode(),
        json.dumps({"text": TEXT}, ensure_ascii=False).encode(),
        json.dumps({"text": TEXT}).encode("utf-16"),
        b'\xef\xbb\xbf{"text": "China arms Russia."}',
        b'{"text": 1, "text": "China arms Russia."}',
        b'{"text": "China arms Russia.", "text": 1}',
        json.dumps({"text": "x" * 100_001}).encode(),
        rb'{"text": "\ud800"}',
        b'{"text": "tab\there"}',
        b"{",
    ],
    ids=["explained", "UTF-8", "UTF-16", "mark", "twice", "twice, wrong", "long", "surrogate", "tab", "broken"],
)
def test_a_body_is_answered_alike_whole_and_in_pieces(client: TestClient, in_pieces: TestClient, body: bytes) -> None:
    whole, cut = (one.post("/v1/stance", content=body, headers=JSON) for one in (client, in_pieces))
    assert (whole.status_code, whole.json()) == (cut.status_code, cut.json())
    assert whole.headers.keys() == cut.headers.keys()


def test_a_whole_body_that_fits_never_reaches_the_framework(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached: list[str] = []
    handle = APIRoute.handle

    async def noted(route: APIRoute, scope: Scope, receive: Receive, send: Send) -> None:
        reached.append(route.path)
        await handle(route, scope, receive, send)

    monkeypatch.setattr(APIRoute, "handle", noted)
    assert client.post("/v1/stance", json={"text": TEXT}).status_code == 200
    assert reached == []
    assert client.post("/v1/stance", json={"text": 1}).status_code == 422
    assert len(reached) == 1


def test_a_probability_that_is_no_number_is_an_error_and_no_answer(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Answer("deny", {"support": float("nan"), "deny": 0.5, "neutral": 0.5}, on_topic=True)
    monkeypatch.setattr(ServedModel, "score", lambda _, texts: [broken for _ in texts])
    answer = client.post("/v1/stance", json={"text": TEXT})
    assert (answer.status_code, answer.json()["error_type"]) == (500, "internal_error")


def test_a_client_that_leaves_before_its_body_has_come_is_no_crash(make_app: Callable[..., FastAPI]) -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": "/v1/stance", "query_string": b"", "headers": headers}
    with capture_logs() as logged:
        asyncio.run(make_app()(scope, receive, send))
    assert sent[0]["status"] == 400
    assert [entry["event"] for entry in logged if entry["event"] != "model ready"] == ["request"]
