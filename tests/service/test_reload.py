"""A new bundle is taken up while the service runs; a bad one changes nothing but what is said of it."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from sklearn.pipeline import Pipeline
from starlette.testclient import TestClient

from service.app import create_app
from service.settings import Settings
from tests.tiny import write_bundle


def point(models: Path, number: str) -> None:
    (models / "next").write_text(number, encoding="utf-8")
    (models / "next").rename(models / "current")


@pytest.fixture
def models(tiny_model: Pipeline, tmp_path: Path) -> Path:
    for number in ("1", "2"):
        write_bundle(tmp_path / "bundles" / number, tiny_model, number)
    point(tmp_path, "1")
    return tmp_path


@pytest.fixture
def app(models: Path) -> FastAPI:
    app = create_app(Settings(bundle=models, poll_seconds=3600))
    app.state.parts.models.refresh()
    return app


def version(client: TestClient) -> str:
    answer = client.post("/v1/stance", json={"text": "China arms Russia"}).json()
    return str(answer["model"]["version"])


def test_a_new_pointer_swaps_the_model_and_back(app: FastAPI, models: Path) -> None:
    with TestClient(app) as client:
        assert version(client) == "1"
        point(models, "2")
        app.state.parts.models.refresh()
        assert version(client) == "2"
        point(models, "1")
        app.state.parts.models.refresh()
        assert version(client) == "1"
        assert 'stance_reloads_total{result="taken_up"} 3.0' in client.get("/metrics").text


def test_a_bad_bundle_keeps_the_old_model_and_says_why(app: FastAPI, models: Path) -> None:
    (models / "bundles" / "2" / "model.skops").write_bytes(b"PK")
    with TestClient(app) as client:
        point(models, "2")
        app.state.parts.models.refresh()
        assert version(client) == "1"
        assert client.get("/readyz").status_code == 200
        refused = client.get("/v1/model").json()["last_refused"]
        assert refused["bundle"] == "2"
        assert "model.skops has 2 bytes" in refused["reason"]
        assert 'stance_reloads_total{result="refused"} 1.0' in client.get("/metrics").text


def test_a_refused_bundle_is_tried_again_only_when_it_changes(app: FastAPI, models: Path) -> None:
    point(models, "3")
    app.state.parts.models.refresh()
    first = app.state.parts.models.refusal
    app.state.parts.models.refresh()
    assert app.state.parts.models.refusal is first
    point(models, "2")
    app.state.parts.models.refresh()
    assert app.state.parts.models.refusal is None


def test_a_loader_that_crashes_is_a_refusal(app: FastAPI, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object, **__: object) -> None:
        raise MemoryError("too big")

    monkeypatch.setattr("service.models.take_up", crash)
    point(models, "2")
    app.state.parts.models.refresh()
    assert app.state.parts.models.refusal.reason == "MemoryError: too big"
    assert app.state.parts.models.served.manifest.version == "1"


def test_without_a_bundle_the_service_is_alive_and_not_ready(tmp_path: Path) -> None:
    app = create_app(Settings(bundle=tmp_path, poll_seconds=3600))
    app.state.parts.models.refresh()
    with TestClient(app) as client:
        assert client.get("/livez").status_code == 200
        for answer in (client.get("/readyz"), client.post("/v1/stance", json={"text": "China"})):
            assert (answer.status_code, answer.json()["error_type"]) == (503, "not_ready")
            assert "no bundle at" in answer.json()["error"]
