"""Every limit is enforced, and the error says which one it was."""

from collections.abc import Iterator

import pytest
from pydantic import ValidationError
from starlette.testclient import TestClient

from service.settings import Settings
from tests.service.conftest import Start

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def small(start: Start) -> TestClient:
    return start(max_body_bytes=200, max_batch_texts=3, max_text_characters=20, max_total_characters=30)


@pytest.mark.parametrize(
    ("path", "body", "message"),
    [
        ("/v1/stance", {"text": "x" * 21}, "text 0 has 21 characters, the limit is 20"),
        ("/v1/stance/batch", {"texts": ["x", "x" * 21]}, "text 1 has 21 characters, the limit is 20"),
        ("/v1/stance/batch", {"texts": ["x"] * 4}, "the batch has 4 texts, the limit is 3"),
        (
            "/v1/stance/batch",
            {"texts": ["x" * 16] * 2},
            "the texts have 32 characters together, the limit is 30",
        ),
        ("/v1/stance", {"text": "x" * 300}, "the body exceeds the limit of 200 bytes"),
    ],
)
def test_what_is_too_large_is_refused_by_name(
    small: TestClient, path: str, body: dict[str, object], message: str
) -> None:
    answer = small.post(path, json=body)
    assert answer.status_code == 413
    assert answer.json() == {"error": message, "error_type": "too_large"}


def test_a_text_at_the_limit_is_answered(small: TestClient) -> None:
    assert small.post("/v1/stance", json={"text": "x" * 20}).status_code == 200


def test_a_body_of_undeclared_size_is_cut_off_at_the_limit(small: TestClient) -> None:
    taken = 0

    def endless() -> Iterator[bytes]:
        nonlocal taken
        while taken < 1000:
            taken += 1
            yield b" " * 100

    answer = small.post("/v1/stance", content=endless(), headers=JSON)
    assert answer.status_code == 413


@pytest.mark.parametrize("media", ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""])
def test_only_json_is_read(client: TestClient, media: str) -> None:
    answer = client.post("/v1/stance", content=b'{"text": "China"}', headers={"Content-Type": media})
    assert (answer.status_code, answer.json()["error_type"]) == (415, "unsupported_media_type")


def test_json_with_a_charset_is_read(client: TestClient) -> None:
    headers = {"Content-Type": "application/json; charset=utf-8"}
    assert client.post("/v1/stance", content=b'{"text": "China"}', headers=headers).status_code == 200


def test_settings_refuse_a_batch_that_could_never_be_admitted() -> None:
    with pytest.raises(ValidationError, match="could never be admitted"):
        Settings(max_batch_texts=10, max_pending_texts=9)
