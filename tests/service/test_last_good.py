"""A worker that starts while the pointer names a bad bundle serves what the service served before, and says so."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI
from sklearn.pipeline import Pipeline
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from service.app import create_app
from service.rollback import point_to
from service.settings import Settings
from tests.serving import serving, until
from tests.tiny import write_bundle

ON_FIRST = 'stance_model_info{name="stance",run_id="0123abcd",version="1"}'
REFUSED = 'stance_reloads_total{result="refused"}'
FALLEN_BACK = 'stance_reloads_total{result="fallen_back"}'
Begin = Callable[[], FastAPI]


@pytest.fixture
def models(tiny_model: Pipeline, tmp_path: Path) -> Path:
    """Version 1 is good and pointed at, version 2 has lost its model."""
    for number in ("1", "2"):
        write_bundle(tmp_path / "bundles" / number, tiny_model, number)
    (tmp_path / "bundles" / "2" / "model.skops").unlink()
    point_to(tmp_path, "1")
    return tmp_path


@pytest.fixture
def begin(models: Path, tmp_path: Path) -> Begin:
    """Makes an application as a worker does that starts anew; all share one note."""

    def make() -> FastAPI:
        app = create_app(Settings(bundle=models, poll_seconds=3600, last_good_file=tmp_path / "last-good"))
        app.state.parts.models.refresh()
        return app

    return make


def test_it_falls_back_loudly_to_the_version_last_taken_up(begin: Begin, models: Path) -> None:
    begin()
    point_to(models, "2")
    with capture_logs() as lines:
        app = begin()
    assert [line["event"] for line in lines if line["log_level"] == "error"] == [
        "bundle refused",
        "fallen back to the version last taken up",
    ]
    with TestClient(app) as client:
        assert client.get("/readyz").status_code == 200
        info = client.get("/v1/model").json()
        assert (info["version"], info["last_refused"]["bundle"]) == ("1", "2")
        assert info["last_refused"]["reason"] == "missing: model.skops"
        assert f"{FALLEN_BACK} 1.0" in client.get("/metrics").text


def test_once_the_pointer_is_mended_it_follows(begin: Begin, models: Path, tiny_model: Pipeline) -> None:
    begin()
    point_to(models, "2")
    app = begin()
    write_bundle(models / "bundles" / "3", tiny_model, "3")
    point_to(models, "3")
    app.state.parts.models.refresh()
    assert app.state.parts.models.require().manifest.version == "3"
    assert app.state.parts.models.refusal is None


def test_what_was_noted_is_verified_like_any_bundle(begin: Begin, models: Path) -> None:
    begin()
    point_to(models, "2")
    (models / "bundles" / "1" / "model.skops").write_bytes(b"PK")
    app = begin()
    assert app.state.parts.models.served is None
    assert app.state.parts.models.refusal.reason == "missing: model.skops"


@pytest.mark.parametrize("note", ["../1", "/etc", "", "1\n1", "9", "2"])
def test_a_note_leads_nowhere_else(begin: Begin, models: Path, tmp_path: Path, note: str) -> None:
    point_to(models, "2")
    (tmp_path / "last-good").write_text(note, encoding="utf-8")
    assert begin().state.parts.models.served is None


def test_a_note_that_cannot_be_written_stops_nothing(models: Path, tmp_path: Path) -> None:
    app = create_app(Settings(bundle=models, last_good_file=tmp_path / "nowhere" / "last-good"))
    with capture_logs() as lines:
        app.state.parts.models.refresh()
    assert app.state.parts.models.require().manifest.version == "1"
    assert "the version in use cannot be noted" in [line["event"] for line in lines]


@pytest.mark.slow
def test_a_worker_that_is_replaced_answers_with_what_its_sisters_serve(models: Path, tmp_path: Path) -> None:
    with serving(models, tmp_path / "service.log", workers=2, poll_seconds=0.1) as service:
        point_to(models, "2")
        until(lambda: service.metric(REFUSED) >= 2, "both workers refuse it")
        os.kill(service.workers()[0].pid, signal.SIGKILL)
        until(lambda: service.metric(FALLEN_BACK) == 1, "the new worker falls back", seconds=60)
        assert service.metric(ON_FIRST) == 2
