"""MLflow as a team has it: runs in PostgreSQL, artifacts through the server. From corpus to bundle over the wire."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import mlflow
import pytest
from mlflow import MlflowClient
from rich.console import Console
from sqlalchemy import create_engine, make_url, text

from tests.ports import free_port
from tests.serving import until
from tests.training.conftest import invented, write_rows
from training.bundle import locate, read_bundle
from training.candidates import Plan
from training.claim import own_claim
from training.progress import Progress
from training.registry import open_registry
from training.settings import Settings
from training.succession import export_version, promote
from training.train import train
from training.ui_server import ENVIRONMENT

pytestmark = pytest.mark.slow
START_SECONDS = 300.0  # the server makes its tables in some fifty migrations


@pytest.fixture(scope="module")
def store(postgres: str) -> str:
    return make_url(postgres).set(drivername="postgresql+psycopg").render_as_string()


@pytest.fixture(scope="module")
def artifacts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("artifacts")


@pytest.fixture(scope="module")
def server(store: str, artifacts: Path) -> Iterator[str]:
    """The address of an MLflow server over PostgreSQL that hands artifacts through."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    ask = [sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    ask += ["--backend-store-uri", store, "--artifacts-destination", str(artifacts)]
    environment = os.environ | ENVIRONMENT
    with (
        (artifacts / "log").open("wb") as log,
        subprocess.Popen(
            ask, env=environment, cwd=artifacts, stdout=log, stderr=log, start_new_session=True
        ) as process,
    ):
        try:
            until(lambda: healthy(address), "the MLflow server is healthy", START_SECONDS)
            yield address
        finally:
            os.killpg(process.pid, signal.SIGKILL)  # the group is the server and its workers
    mlflow.set_tracking_uri(None)


def healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=5) as answer:  # noqa: S310
            return bool(answer.status == HTTPStatus.OK)
    except (urllib.error.URLError, OSError):
        return False


def test_train_register_promote_and_export_over_postgresql(
    server: str, store: str, artifacts: Path, plan: Plan, tmp_path: Path
) -> None:
    corpus = write_rows(tmp_path / "corpus", invented())
    settings = Settings(tracking_uri=server, corpus=corpus, articles=tmp_path / "none", models=tmp_path / "models")
    names = [plan.candidate("majority"), plan.candidate("words")]
    claim = own_claim(settings)
    training = train(settings, claim, plan, names, Progress(Console(quiet=True)), jobs=1)

    registry = open_registry(settings)
    assert registry.champion() == training.version == "1"
    assert read_bundle(settings.models).manifest["candidate"] == "words"

    other = run_of(registry.client, settings, "majority")
    assert registry.register(other) == "2"
    version, _ = promote(registry, "2", claim, settings.models, "to see it happen")
    assert registry.champion() == version == locate(settings.models).name == "2"
    assert registry.resolve_run("champion") == other
    assert read_bundle(export_version(registry, "1", settings.models)).manifest["version"] == "1"
    assert locate(settings.models).name == "2"

    experiment = registry.client.get_experiment_by_name(settings.experiment)
    assert experiment.artifact_location.startswith("mlflow-artifacts:")
    assert list(artifacts.rglob("model.skops"))
    assert rows(store, "SELECT version FROM model_versions ORDER BY 1") == [1, 2]
    assert rows(store, "SELECT alias FROM registered_model_aliases") == ["champion"]


def run_of(client: MlflowClient, settings: Settings, candidate: str) -> str:
    experiment = client.get_experiment_by_name(settings.experiment)
    (run,) = client.search_runs([experiment.experiment_id], f"tags.candidate = '{candidate}' and tags.family != ''")
    return str(run.info.run_id)


def rows(store: str, query: str) -> list[object]:
    """The first column of what is in the database itself."""
    engine = create_engine(store)
    with engine.connect() as connection:
        found = list(connection.scalars(text(query)))
    engine.dispose()
    return found
