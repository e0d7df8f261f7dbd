"""A service that keeps feedback, and what training needs to look at it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import create_engine, make_url, text
from starlette.testclient import TestClient
from typer.testing import CliRunner

from service.app import create_app
from service.feedback.database import make_engine
from service.feedback.schema import migrate
from service.parts import Parts
from service.settings import Settings
from tests.tiny import fit_tiny_model, write_bundle
from tests.training.conftest import invented, write_rows
from training import cli


@dataclass(frozen=True)
class Loop:
    """A running service, its database, and the places that training's commands are given."""

    client: TestClient
    url: str
    corpus: Path
    models: Path

    def say(self, words: str, stance: str, **more: str) -> None:
        """Send feedback."""
        answer = self.client.post("/v1/feedback", json={"text": words, "stance": stance, **more})
        assert answer.status_code == 202, answer.text

    def command(self, *arguments: object, typed: str = "", status: int = 0) -> str:
        """Run a command of training, type something, and return what it printed."""
        places = ("--feedback-url", self.url, "--corpus", self.corpus, "--models", self.models)
        asked = [str(argument) for argument in (*arguments, *places)]
        done = CliRunner().invoke(cli.app, asked, input=typed, catch_exceptions=False)
        assert done.exit_code == status, done.output
        return done.output


@pytest.fixture(scope="session")
def served_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_bundle(tmp_path_factory.mktemp("models") / "1", fit_tiny_model(), "1")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind; PostgreSQL's is migrated by hand, as its users are told to."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/feedback.db"
    server = request.getfixturevalue("postgres")
    return fresh_database(server)


def fresh_database(server: str) -> str:
    """Make a new database on a PostgreSQL server, and return its URL."""
    admin = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        number = connection.scalar(text("SELECT count(*) FROM pg_database"))
        connection.execute(text(f"CREATE DATABASE loop{number}"))
    admin.dispose()
    url = make_url(server).set(database=f"loop{number}").render_as_string(hide_password=False)
    engine = make_engine(url)
    migrate(engine)
    engine.dispose()
    return url


@pytest.fixture
def loop(url: str, served_bundle: Path, tmp_path: Path) -> Iterator[Loop]:
    app = create_app(Settings(bundle=served_bundle, feedback_url=SecretStr(url)))
    app.state.parts.models.refresh()
    corpus = write_rows(tmp_path / "corpus", invented())
    with TestClient(app) as client:
        yield Loop(client, url, corpus, served_bundle)


def parts_of(client: TestClient) -> Parts:
    """The parts of the service that a client talks to."""
    assert isinstance(client.app, FastAPI)
    parts: Parts = client.app.state.parts
    return parts
