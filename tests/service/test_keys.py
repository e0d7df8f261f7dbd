"""With keys set, only their holders are answered; keys change without a restart."""

import os
from pathlib import Path

from starlette.testclient import TestClient

from tests.service.conftest import Start

BODY = {"text": "China arms Russia"}


def status(client: TestClient, authorization: str | None) -> int:
    headers = {} if authorization is None else {"Authorization": authorization}
    return client.post("/v1/stance", json=BODY, headers=headers).status_code


def test_any_of_the_keys_opens(start: Start) -> None:
    client = start(api_keys="one, two")
    assert status(client, "Bearer one") == status(client, "bearer two") == 200


def test_a_missing_or_wrong_key_is_refused(start: Start) -> None:
    client = start(api_keys="one")
    for authorization in (None, "Bearer", "Bearer ", "Bearer wrong", "Basic one", "one", "Bearer on\u00e9"):
        headers = {} if authorization is None else {b"Authorization": authorization.encode()}
        answer = client.post("/v1/stance", json=BODY, headers=headers)
        assert answer.status_code == 401
        assert answer.json() == {"error": "API key missing or wrong", "error_type": "unauthorized"}
        assert answer.headers["www-authenticate"] == "Bearer"
    assert client.get("/v1/model").status_code == 401


def test_health_and_pages_need_no_key(start: Start) -> None:
    client = start(api_keys="one")
    assert {client.get(path).status_code for path in ("/livez", "/readyz", "/metrics", "/", "/docs")} == {200}


def test_keys_in_a_file_are_rotated_without_a_restart(start: Start, tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text("old\n", encoding="utf-8")
    client = start(api_keys_file=file)
    assert status(client, "Bearer old") == 200
    file.write_text("new\n", encoding="utf-8")
    os.utime(file, ns=(1, 1))
    assert (status(client, "Bearer old"), status(client, "Bearer new")) == (401, 200)
    file.unlink()
    assert status(client, "Bearer new") == 401
