"""What `make ui` says of a store before it serves it, and how it does."""

import io
import os
import shutil
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from mlflow import MlflowClient
from rich.console import Console

from tests.ports import free_port
from tests.training.test_cli import run
from training.commands.ui import show
from training.desk import look
from training.errors import PortError, TrainingError
from training.registry import open_registry
from training.settings import Settings
from training.train import Training
from training.ui_server import ENVIRONMENT, arguments, check_free

ADDRESS = "http://127.0.0.1:5000"


def said_of(client: MlflowClient) -> str:
    printed = io.StringIO()
    show(Console(file=printed, width=80), look(client), ADDRESS)
    return printed.getvalue()


@pytest.mark.slow
def test_links_lead_to_the_runs_the_last_training_and_the_champion(client: MlflowClient, training: Training) -> None:
    said = said_of(client)
    experiment = client.get_run(training.run_id).info.experiment_id
    links = [line.strip() for line in said.splitlines() if ADDRESS in line][1:]
    assert [link.partition("?")[0].removeprefix(f"{ADDRESS}/#/") for link in links] == [
        f"experiments/{experiment}/runs",
        f"experiments/{experiment}/runs/{training.run_id}",
        "models/stance/versions/1",
    ]
    assert all("workflowType=machine_learning" in link for link in links)
    assert "orderByKey=metrics.%60cv_macro_f1%60&orderByAsc=false" in links[0]


@pytest.mark.slow
def test_one_line_says_who_is_champion_since_when_and_why(own: Settings, training: Training) -> None:
    registry = open_registry(own)
    tags = registry.client.get_model_version("stance", training.version).tags
    said = said_of(registry.client)
    since = tags["champion_since"]
    assert f"champion: version 1 ({training.winner}), since {since}: promoted: there was no champion\n" in said
    registry.client.delete_registered_model_alias("stance", "champion")
    assert "champion: no champion yet" in said_of(registry.client)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What MLflow would have been told, in an environment that is put back afterwards."""
    found: list[list[str]] = []
    for name in ENVIRONMENT:
        monkeypatch.setenv(name, "")
    monkeypatch.setattr("mlflow.cli.cli", lambda line, **_: found.append(line))
    return found


def test_an_empty_store_says_how_to_fill_it_and_is_served(
    tmp_path: Path, started: list[list[str]], settings: Settings
) -> None:
    assert settings  # puts MLflow's store back afterwards
    store = f"sqlite:///{tmp_path}/mlflow.db"
    said = run("ui", "--port", free_port(), "--tracking-uri", store)
    assert "`make train` makes some" in said
    (line,) = started
    assert line[line.index("--backend-store-uri") + 1] == store
    assert os.environ["MLFLOW_DISABLE_TELEMETRY"] == "true"
    assert os.environ["MLFLOW_SERVER_ENABLE_JOB_EXECUTION"] == "false"


def test_the_server_listens_where_it_is_told_and_keeps_artifacts_in_their_place() -> None:
    said = " ".join(arguments("sqlite:///mlflow.db", "127.0.0.1", 5001))
    assert "server --backend-store-uri sqlite:///mlflow.db" in said
    assert "--artifacts-destination mlartifacts --host 127.0.0.1 --port 5001 --workers 1" in said


def test_a_port_in_use_is_named_with_another_to_choose(started: list[list[str]]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortError, match=f"port {port} .* make ui UI_PORT={port + 1}"):
            run("ui", "--port", port)
    assert not started
    check_free("127.0.0.1", port)


@pytest.mark.slow
def test_a_store_of_an_older_mlflow_is_named_with_what_helps(
    own: Settings, tmp_path: Path, started: list[list[str]]
) -> None:
    store = own.tracking_uri.removeprefix("sqlite:///")
    old = shutil.copy(store, tmp_path / "old.db")
    with closing(sqlite3.connect(old)) as database, database:
        database.execute("update alembic_version set version_num = '451aebb31d03'")
    with pytest.raises(TrainingError, match="mlflow db upgrade"):
        run("ui", "--port", free_port(), "--tracking-uri", f"sqlite:///{old}")
    assert not started


def test_a_store_behind_a_server_is_left_to_its_own_ui(started: list[list[str]]) -> None:
    with pytest.raises(TrainingError, match=r"http://127\.0\.0\.1:9 is a server"):
        run("ui", "--port", free_port(), "--tracking-uri", "http://127.0.0.1:9")
    assert not started
