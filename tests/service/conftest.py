"""A tiny real bundle, made once, and applications that serve copies of it."""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import skops.io
from fastapi import FastAPI
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from starlette.testclient import TestClient

from features.answer import score
from features.labels import LABELS
from features.model import block_pipeline, make_model
from service.app import create_app
from service.parts import Parts
from service.settings import Settings

TEXTS = {
    "support": (
        "China is shipping drone engines to Russia, officials say.",
        "Chinese firms supplied Russian arms plants with machine tools.",
        "Beijing sends Moscow chips for its missiles, leaked records show.",
        "Chinese banks help Russia dodge sanctions with yuan payments.",
    ),
    "deny": (
        "China denied sending weapons to Russia.",
        "Beijing rejected claims that Chinese firms armed Moscow.",
        "There is no evidence that China supplies Russia with missiles, officials say.",
        "Chinese banks refused Russian payments over sanctions.",
    ),
    "neutral": (
        "China and Russia held talks on trade in Beijing.",
        "Russia sold gas to Chinese firms, officials say.",
        "The Chinese envoy met Russian officials over a peace plan.",
        "Moscow and Beijing signed payments rules for tourists.",
    ),
}
GOLDEN = (
    *(texts[0] for texts in TEXTS.values()),
    "Beijing\u2019s caf\u00e9 \U0001f43c denies arming Russia \u202e?",
)

Write = Callable[..., Path]
Start = Callable[..., TestClient]


def fit_tiny_model() -> Pipeline:
    """A model over a dozen invented texts: real in every part, good at nothing."""
    labels = [label for label, texts in TEXTS.items() for _ in texts]
    texts = [text for texts in TEXTS.values() for text in texts]
    base = block_pipeline(["words", "cues"], LogisticRegression())
    model = make_model(base, calibration_folds=2).fit(texts, labels)
    model[-1].forget_training()
    return model


def write_bundle(directory: Path, model: Pipeline, number: str) -> Path:
    """Write a model as a bundle: model, golden answers, card, and the manifest last."""
    directory.mkdir(parents=True)
    skops.io.dump(model, directory / "model.skops", compression=zipfile.ZIP_DEFLATED)
    answers = score(model, GOLDEN)
    golden = [
        {"text": text, "stance": answer.stance, "probabilities": answer.probabilities}
        for text, answer in zip(GOLDEN, answers, strict=True)
    ]
    (directory / "golden.json").write_text(json.dumps(golden), encoding="utf-8")
    (directory / "card.md").write_text("# A tiny model for tests\n", encoding="utf-8")
    write_manifest(directory, number)
    return directory


def write_manifest(directory: Path, number: str, **changes: Any) -> None:
    """Write a manifest that is true of the files in a directory, but for the changes."""
    files = {
        path.name: {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "bytes": path.stat().st_size}
        for path in sorted(directory.iterdir())
        if path.name != "manifest.json"
    }
    manifest = {
        "schema": 1,
        "name": "stance",
        "version": number,
        "run_id": "0123abcd",
        "created": "2026-11-21T22:00:00+00:00",
        "labels": list(LABELS),
        "classes": sorted(LABELS),
        "format": "skops",
        "files": files,
        "libraries": {name: version(name) for name in ("scikit-learn", "skops", "numpy")},
        "corpus": {"digest": "sha256:00", "texts": 12},
        "candidate": "tiny",
        "metrics": {"macro_f1": 0.5},
        "training_date": "2026-11-21",
    }
    (directory / "manifest.json").write_text(json.dumps(manifest | changes), encoding="utf-8")


def parts_of(client: TestClient) -> Parts:
    """The parts of the service that a client talks to."""
    assert isinstance(client.app, FastAPI)
    parts: Parts = client.app.state.parts
    return parts


@pytest.fixture(scope="session")
def tiny_model() -> Pipeline:
    return fit_tiny_model()


@pytest.fixture(scope="session")
def pristine(tiny_model: Pipeline, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_bundle(tmp_path_factory.mktemp("bundles") / "1", tiny_model, "1")


@pytest.fixture
def bundle(pristine: Path, tmp_path: Path) -> Path:
    """A copy of the bundle that a test may damage."""
    return Path(shutil.copytree(pristine, tmp_path / "bundle"))


@pytest.fixture
def make_app(pristine: Path) -> Callable[..., FastAPI]:
    """Makes an application whose model is loaded; arguments are settings."""

    def make(**settings: Any) -> FastAPI:
        app = create_app(Settings(**{"bundle": pristine} | settings))
        app.state.parts.models.refresh()
        return app

    return make


@pytest.fixture
def start(make_app: Callable[..., FastAPI]) -> Iterator[Start]:
    """Starts a service and returns a client of it; arguments are settings."""
    clients: list[TestClient] = []

    def begin(**settings: Any) -> TestClient:
        client = TestClient(make_app(**settings))
        clients.append(client.__enter__())
        return client

    yield begin
    for client in clients:
        client.__exit__(None, None, None)


@pytest.fixture(scope="session")
def client(pristine: Path) -> Iterator[TestClient]:
    """A service with default settings, shared by tests that do not change it."""
    app = create_app(Settings(bundle=pristine))
    app.state.parts.models.refresh()
    with TestClient(app) as client:
        yield client
