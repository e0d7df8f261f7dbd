"""Copies of a tiny real bundle, and applications that serve them."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sklearn.pipeline import Pipeline
from starlette.testclient import TestClient

from service.app import create_app
from service.parts import Parts
from service.settings import Settings
from tests.tiny import fit_tiny_model, write_bundle

Start = Callable[..., TestClient]


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
