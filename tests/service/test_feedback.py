"""What readers say is kept, once, with the model's answer; or the caller is told why it is not."""

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError
from sqlalchemy import create_engine, text
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from service.feedback.keeping import digest
from service.settings import Settings
from tests.service.conftest import Start

BODY = {"text": "Beijing denied sending weapons to Russia.", "stance": "deny", "comment": "a plain denial"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "feedback.db"


@pytest.fixture
def ready(start: Start, file: Path) -> Callable[..., TestClient]:
    """Starts a service whose database is a file of this test."""
    return lambda **settings: start(**{"feedback_url": f"sqlite:///{file}"} | settings)


def kept(file: Path) -> list[Any]:
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        rows = list(connection.execute(text("SELECT * FROM feedback ORDER BY received")).mappings())
    engine.dispose()
    return rows


def test_feedback_is_kept_with_the_answer_of_the_model(ready: Callable[..., TestClient], file: Path) -> None:
    client = ready(api_keys="one")
    lock = {"Authorization": "Bearer one"}
    answer = client.post("/v1/feedback", json=BODY, headers=lock)
    assert (answer.status_code, answer.json()) == (202, {"status": "kept"})
    said = client.post("/v1/stance", json={"text": BODY["text"]}, headers=lock).json()
    (row,) = kept(file)
    assert (row["text"], row["stance"], row["comment"]) == tuple(BODY.values())
    assert (row["answer"], row["version"], row["times"]) == (said["stance"], "1", 1)
    assert len(row["key_id"]) == 16
    assert "one" not in row["key_id"]


def test_the_same_said_again_is_counted_and_the_contrary_stands_beside_it(
    ready: Callable[..., TestClient], file: Path
) -> None:
    client = ready()
    for stance, comment in (("deny", None), ("deny", "why"), ("deny", "later"), ("support", None)):
        shouted = {"text": "  BEIJING denied\nsending weapons to Russia. ", "stance": stance, "comment": comment}
        assert client.post("/v1/feedback", json=shouted).status_code == 202
    assert [(row["stance"], row["times"], row["comment"]) for row in kept(file)] == [
        ("deny", 3, "why"),
        ("support", 1, None),
    ]


def test_texts_that_read_alike_have_one_digest() -> None:
    assert digest("Caf\u00e9  talk\n") == digest(" cafe talk")
    assert digest("cafe talk") != digest("cafe talks")


def test_any_text_that_is_answered_can_be_kept(ready: Callable[..., TestClient], file: Path) -> None:
    odd = "China\x00 arms \U0001f43c Russia'); DROP TABLE feedback; --"
    assert ready().post("/v1/feedback", json=BODY | {"text": odd}).status_code == 202
    assert kept(file)[0]["text"] == odd.replace("\x00", " ")


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"stance": "maybe"}, 422),
        ({"stance": None}, 422),
        ({"comment": "x" * 2_001}, 422),
        ({"comment": "\ud800"}, 422),
        ({"text": " "}, 422),
        ({"user": "me"}, 422),
        ({"text": "x" * 51}, 413),
    ],
)
def test_what_does_not_fit_is_refused_and_not_kept(
    ready: Callable[..., TestClient], file: Path, change: dict[str, object], status: int
) -> None:
    body = json.dumps(BODY | change)  # its escapes can say what UTF-8 cannot
    headers = {"Content-Type": "application/json"}
    answer = ready(max_text_characters=50).post("/v1/feedback", content=body, headers=headers)
    assert answer.status_code == status
    assert answer.json().keys() == {"error", "error_type"}
    assert not file.exists()


def test_a_full_database_takes_only_what_it_knows(ready: Callable[..., TestClient]) -> None:
    client = ready(feedback_max_texts=1)
    assert client.post("/v1/feedback", json=BODY).status_code == 202
    assert client.post("/v1/feedback", json=BODY).status_code == 202
    full = client.post("/v1/feedback", json=BODY | {"text": "China arms Russia."})
    assert full.status_code == 503
    assert full.json() == {"error": "feedback is full: the limit is 1 texts", "error_type": "feedback_unavailable"}


def test_where_nothing_can_be_written_feedback_is_refused_and_stances_are_not(start: Start, tmp_path: Path) -> None:
    with capture_logs() as lines:
        client = start(feedback_url=f"sqlite:///{tmp_path}/nowhere/feedback.db")
        refused = client.post("/v1/feedback", json=BODY)
    assert (refused.status_code, refused.json()["error_type"]) == (503, "feedback_unavailable")
    assert "log says why" in refused.json()["error"]
    assert client.post("/v1/stance", json={"text": BODY["text"]}).status_code == 200
    said = str(lines)
    assert "No such file or directory" in said
    assert BODY["text"] not in said


def test_a_table_that_broke_is_told_in_the_log_without_the_text(ready: Callable[..., TestClient], file: Path) -> None:
    client = ready()
    client.post("/v1/feedback", json=BODY)
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE feedback"))
    engine.dispose()
    with capture_logs() as lines:
        assert client.post("/v1/feedback", json=BODY).status_code == 503
    said = str(lines)
    assert "OperationalError SQLITE_ERROR" in said
    assert BODY["text"] not in said
    assert str(BODY["comment"]) not in said


def test_feedback_can_be_switched_off(start: Start) -> None:
    refused = start(feedback_url="").post("/v1/feedback", json=BODY)
    assert (refused.status_code, refused.json()["error_type"]) == (503, "feedback_unavailable")
    assert "STANCE_FEEDBACK_URL is empty" in refused.json()["error"]


def test_only_the_owner_may_read_what_was_said(ready: Callable[..., TestClient], file: Path) -> None:
    ready().post("/v1/feedback", json=BODY)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_another_kind_of_database_ends_the_start_without_telling_the_password() -> None:
    with pytest.raises(ValidationError, match="begins with one of sqlite:///") as refused:
        Settings(feedback_url=SecretStr("mysql://me:secret@somewhere/stance"))
    assert "secret" not in str(refused.value)
