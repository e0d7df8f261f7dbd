"""The commands, as they are typed."""

import json
from pathlib import Path

import pytest
from mlflow import MlflowClient
from typer.testing import CliRunner

from tests.training.conftest import PLAN, invented, write_rows
from training import cli
from training.settings import Settings, from_environment


def run(*arguments: object) -> str:
    done = CliRunner().invoke(cli.app, [str(argument) for argument in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.slow
def test_from_corpus_to_figures(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(json.dumps(PLAN), "utf-8")
    corpus = write_rows(tmp_path / "corpus", invented())
    store = ("--tracking-uri", f"sqlite:///{tmp_path}/mlflow.db")
    models = ("--models", tmp_path / "models")
    asked = ("--quick", "--plan", tmp_path / "plan.yaml", "--corpus", corpus, "--jobs", 1)
    assert "version 1 promoted: there was no champion" in run("train", *asked, *store, *models)
    said = run("evaluate", corpus / "texts.jsonl", "--bundle", tmp_path / "models", "--errors", 3)
    assert json.loads(said.splitlines()[-1])["texts"] == 144
    assert "Confusion" in said
    again = run("train", *asked, *store, *models)
    assert "version 2 not promoted: not better" in again
    places = f"TRACKING={store[1]} BUNDLES={models[1]} CORPUS={corpus}"
    assert again.splitlines()[-1].endswith(f"make promote RUN=words {places}")
    assert "version 2 is champion" in run("promote", "words", "--corpus", corpus, *store, *models)
    assert "McNemar" in run("compare", "champion", 1, "--corpus", corpus, *store)


def test_an_error_is_one_message_and_a_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["training", "corpus-check", "--corpus", str(tmp_path)])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == 2
    assert capsys.readouterr().err.count("holds no *.jsonl file") == 1


def test_the_environment_sets_places() -> None:
    found = from_environment({"STANCE_TRACKING_URI": "http://127.0.0.1:5000", "STANCE_MODELS": "elsewhere"})
    assert found == Settings(tracking_uri="http://127.0.0.1:5000", models=Path("elsewhere"))


@pytest.mark.slow
def test_the_store_is_shared_by_commands(client: MlflowClient, settings: Settings) -> None:
    assert client.get_registered_model("stance").name == "stance"
    assert "wrote" in run("export", "--tracking-uri", settings.tracking_uri, "--models", settings.models)


def test_what_make_is_told_of_usual_places_is_nothing_and_no_password_is_written_out() -> None:
    assert Settings().make_variables == []
    elsewhere = Settings(tracking_uri="postgresql://desk:secret@db/mlflow", corpus=Path("my corpus"))
    assert elsewhere.make_variables == ["TRACKING='…'", "CORPUS='my corpus'"]
