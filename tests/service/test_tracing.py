"""Traces tell of requests, never of texts; without an endpoint its SDK is not even imported."""

import subprocess
import sys

import pytest
from fastapi import FastAPI
from pydantic import ValidationError
from starlette.testclient import TestClient

from service.app import PATHS
from service.middleware.trace import Trace
from service.settings import Settings
from tests.service.conftest import Start

DRAFT = "Confidential draft on China and Russia"
PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def test_a_request_is_a_span_of_the_callers_trace(start: Start) -> None:
    export = pytest.importorskip("opentelemetry.sdk.trace.export")
    memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter").InMemorySpanExporter()
    provider = pytest.importorskip("opentelemetry.sdk.trace").TracerProvider()
    provider.add_span_processor(export.SimpleSpanProcessor(memory))
    app = start(api_keys="secret-key").app
    assert isinstance(app, FastAPI)
    client = TestClient(Trace(app, provider.get_tracer("test"), PATHS))
    headers = {"traceparent": PARENT, "Authorization": "Bearer secret-key"}
    assert client.post("/v1/stance?q=Confidential", json={"text": DRAFT}, headers=headers).status_code == 200
    client.post("/v1/stance", json={"text": [DRAFT]}, headers=headers)
    client.get("/livez")
    good, bad = memory.get_finished_spans()
    assert good.name == "POST /v1/stance"
    assert good.attributes == {
        "http.request.method": "POST",
        "http.route": "/v1/stance",
        "http.response.status_code": 200,
    }
    assert good.parent.span_id == 0xB7AD6B7169203331
    assert bad.attributes["http.response.status_code"] == 422
    assert not any(word in span.to_json() for span in (good, bad) for word in ("Confidential", "secret-key"))


def test_nothing_is_imported_without_an_endpoint() -> None:
    code = "import sys; from service.worker import build; build(); sys.exit('opentelemetry.sdk' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_an_endpoint_without_the_packages_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.settings.EXPORTER", "opentelemetry.not.there")
    with pytest.raises(ValidationError, match="need the extra `telemetry`"):
        Settings(otlp_endpoint="http://127.0.0.1:4318")
