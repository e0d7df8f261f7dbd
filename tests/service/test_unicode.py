"""Odd text is answered or refused clearly, never a crash, and comes back as it was sent."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.service.conftest import Start

JSON = {"Content-Type": "application/json"}
ODD = {
    "nul": "China\x00 arms Russia",
    "emoji": "\U0001f1e8\U0001f1f3 arms \U0001f1f7\U0001f1fa \U0001f468\u200d\U0001f469. Russia agrees.",
    "right to left": "\u202eChina\u202c \u0627\u0644\u0635\u064a\u0646 arms Russia",
    "markup": "<script>alert('China')</script><b>arms</b> &lt;Russia&gt;",
    "combining": "Chi\u0301\u0301\u0301na arms Ru\u0308ssia",
    "separators": "China\u2028arms\u2029Russia\u0085now",
    "unassigned": "China \U000e0fff \ufffe arms Russia",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_text_is_answered_with_its_own_sentences(client: TestClient, text: str) -> None:
    answer = client.post("/v1/stance", json={"text": text, "explain": True})
    assert answer.status_code == 200
    assert all(text[part["start"] : part["end"]] == part["text"] for part in answer.json()["sentences"])


@given(st.text(min_size=1, max_size=200).filter(str.strip))
@settings(max_examples=100, deadline=None)
def test_any_text_is_answered(client: TestClient, text: str) -> None:
    answer = client.post("/v1/stance", json={"text": text, "explain": True})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("escaped", [r"\ud800", r"China \udfff arms", r"\ude00\ud83d"])
def test_a_lone_surrogate_is_no_text(client: TestClient, escaped: str) -> None:
    answer = client.post("/v1/stance", content=f'{{"text": "{escaped}"}}', headers=JSON)
    assert answer.status_code == 422
    assert answer.json()["error_type"] == "validation_error"


def test_a_lone_surrogate_in_a_field_name_is_refused(client: TestClient) -> None:
    answer = client.post("/v1/stance", content=r'{"text": "a", "\ud800": 1}', headers=JSON)
    assert answer.status_code == 422


@pytest.mark.parametrize("blank", ["", " ", "\n\t\r", "\u2003\u00a0"])
def test_blank_text_is_refused(client: TestClient, blank: str) -> None:
    answer = client.post("/v1/stance", json={"text": blank})
    assert answer.status_code == 422
    assert answer.json()["error"] == "body.text: the text is empty or blank"


@pytest.mark.parametrize(
    "body", [b"", b"{", b'{"text": "\xff"}', b"[" * 100_000, b"1" * 5_000, b'{"text": NaN}', b"\x00"]
)
def test_a_broken_body_is_refused(client: TestClient, body: bytes) -> None:
    answer = client.post("/v1/stance", content=body, headers=JSON)
    assert answer.status_code in {400, 422}
    assert answer.json().keys() == {"error", "error_type"}


def test_an_error_does_not_repeat_the_text(client: TestClient) -> None:
    answer = client.post("/v1/stance", content=json.dumps({"text": ["secret"]}), headers=JSON)
    assert answer.status_code == 422
    assert "secret" not in answer.text


def test_a_megabyte_without_a_space_is_answered(start: Start) -> None:
    client = start(max_text_characters=1_000_000, deadline_seconds=60)
    assert client.post("/v1/stance", json={"text": "x" * 1_000_000}).status_code == 200
