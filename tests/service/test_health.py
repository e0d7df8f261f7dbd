"""What operators see: health, metrics, logs, headers."""

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from structlog.testing import capture_logs

from service import logs
from tests.service.conftest import Start, parts_of

DRAFT = "Confidential draft on China and Russia"


@pytest.fixture
def json_logs(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """Logs as in production; returns what reads the lines logged so far."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logs.configure("debug")
    yield lambda: [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_metrics_count_requests_texts_and_the_model(start: Start) -> None:
    client = start()
    client.post("/v1/stance/batch", json={"texts": ["China arms Russia", "The cat sat."]})
    client.get("/no-such-path")
    metrics = client.get("/metrics").text
    assert 'stance_requests_total{path="/v1/stance/batch",status="200"} 1.0' in metrics
    assert 'stance_requests_total{path="other",status="404"} 1.0' in metrics
    assert 'stance_model_info{name="stance",run_id="0123abcd",version="1"} 1.0' in metrics
    assert "stance_off_topic_texts_total 1.0" in metrics
    assert "stance_batch_texts_sum 2.0" in metrics


def test_readiness_ends_when_stopping_begins(start: Start) -> None:
    client = start()
    assert client.get("/readyz").json() == {"status": "ready"}
    parts_of(client).stopping = True
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["error"]) == (503, "shutting down")
    assert client.get("/livez").status_code == 200


def test_a_request_keeps_its_id(start: Start) -> None:
    client = start()
    with capture_logs() as lines:
        answer = client.get("/v1/model", headers={"X-Request-ID": "abc-123"})
        strange = client.get("/v1/model", headers={"X-Request-ID": "a b\tc"})
    assert answer.headers["x-request-id"] == "abc-123"
    assert len(strange.headers["x-request-id"]) == 32
    assert [line["path"] for line in lines] == ["/v1/model", "/v1/model"]


def test_logs_are_json_and_never_hold_a_text(
    start: Start, json_logs: Callable[[], list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise ValueError(DRAFT)

    client = start()
    client.post("/v1/stance", json={"text": DRAFT})
    client.post("/v1/stance", json={"text": [DRAFT]})
    client.post("/v1/stance?text=Confidential", json={"text": DRAFT})
    monkeypatch.setattr(parts_of(client).batcher, "submit", crash)
    assert client.post("/v1/stance", json={"text": DRAFT}).status_code == 500
    lines = json_logs()
    assert [line["status"] for line in lines if line["event"] == "request"] == [200, 422, 200, 500]
    assert all(len(line["request_id"]) == 32 for line in lines if line["event"] == "request")
    assert "Confidential" not in json.dumps(lines)


def test_every_answer_is_guarded(start: Start) -> None:
    client = start()
    for path in ("/", "/docs", "/v1/model", "/nothing", "/page/page.js"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_other_origins_are_let_in_only_where_set(start: Start) -> None:
    asked = {"Origin": "https://news.example", "Access-Control-Request-Method": "POST"}
    assert "access-control-allow-origin" not in start().options("/v1/stance", headers=asked).headers
    allowed = start(cors_origins="https://news.example", api_keys="k").options("/v1/stance", headers=asked)
    assert allowed.headers["access-control-allow-origin"] == "https://news.example"
