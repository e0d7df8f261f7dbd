"""One whole training on the invented corpus, looked at in the store."""

import json
from pathlib import Path

import mlflow
import numpy as np
import pandas as pd
import pytest
from mlflow import MlflowClient
from mlflow.entities import Run

from training.bundle import read_bundle
from training.corpus import read_corpus
from training.logged_model import load_run_model
from training.registry import Registry
from training.settings import Settings
from training.tracking import artifact_location
from training.train import Training

pytestmark = pytest.mark.slow


@pytest.fixture
def children(client: MlflowClient, settings: Settings, training: Training) -> list[Run]:
    experiment = client.get_experiment_by_name(settings.experiment)
    found = client.search_runs([experiment.experiment_id], f"tags.`mlflow.parentRunId` = '{training.run_id}'")
    return list(found)


def test_every_candidate_is_a_child_with_the_same_figures_and_parameters(children: list[Run]) -> None:
    assert {run.data.tags["candidate"] for run in children} == {"majority", "words", "cues"}
    assert len({frozenset(run.data.metrics) for run in children}) == 1
    assert len({frozenset(run.data.params) for run in children}) == 1
    wanted = {"macro_f1", "macro_f1_low", "macro_f1_high", "cv_macro_f1", "deny_f1", "support_precision"}
    wanted |= {"neutral_recall", "accuracy", "log_loss", "brier", "ece", "fit_seconds", "texts_per_second"}
    assert wanted | {"model_bytes"} <= set(children[0].data.metrics)


def test_a_run_says_what_it_stood_on(children: list[Run], settings: Settings) -> None:
    digest = read_corpus(settings.corpus).digest
    for run in children:
        assert run.data.tags["corpus_digest"] == digest
        assert {"family", "blocks", "git_commit", "host_cores", "mlflow.note.content"} <= set(run.data.tags)
        names = [(item.dataset.name, item.dataset.digest) for item in run.inputs.dataset_inputs]
        assert sorted(name for name, _ in names) == ["test", "train"]


def test_a_run_holds_plots_tables_and_card(client: MlflowClient, children: list[Run]) -> None:
    for run in children:
        plots = {file.path for file in client.list_artifacts(run.info.run_id, "plots")}
        drawn = {"confusion", "precision_recall", "reliability", "calibration", "slices", "learning_curve"}
        drawn |= set() if run.data.tags["candidate"] == "majority" else {"strongest_model"}
        assert plots == {f"plots/{name}.png" for name in drawn}
        table = json.loads(mlflow.artifacts.load_text(f"runs:/{run.info.run_id}/tables/slices.json"))
        assert {"kind", "year", "length"} == {row[0] for row in table["data"]}
        assert "## Limits" in mlflow.artifacts.load_text(f"runs:/{run.info.run_id}/card.md")


def test_a_runs_learning_curve_ends_with_all_texts_and_has_the_answers_of_the_fitted_base(
    client: MlflowClient, children: list[Run], training: Training, settings: Settings
) -> None:
    corpus = read_corpus(settings.corpus)
    for run in children:
        history = client.get_metric_history(run.info.run_id, "learning_curve_macro_f1")
        texts = [metric.step for metric in history]
        assert texts == sorted(set(texts))
        assert (len(texts), texts[-1]) == (3, len(corpus.to_learn_from()))
    test = corpus.split("test")
    words = next(found for found in training.ranking if found.candidate.name == "words")
    right = words.model[-1].base_.predict(test.documents) == np.array(test.labels)
    assert words.trained.growth[texts[-1]].right.tolist() == right.tolist()


def test_the_best_by_cross_validation_is_champion_and_the_reason_is_on_the_version(
    client: MlflowClient, training: Training
) -> None:
    figures = [found.figures["cv_macro_f1"] for found in training.ranking]
    assert figures == sorted(figures, reverse=True)
    assert Registry(client, "stance").champion() == training.version == "1"
    version = client.get_model_version("stance", "1")
    assert version.tags["gate_reason"] == "promoted: there was no champion"
    assert version.description.startswith("**promoted: there was no champion**")


def test_the_parent_says_who_won_and_why(client: MlflowClient, training: Training) -> None:
    tags = client.get_run(training.run_id).data.tags
    assert training.ranking[0].candidate.name in tags["mlflow.note.content"]
    assert "| candidate | cv_macro_f1 |" in tags["mlflow.note.content"]
    assert tags["version"] == "1"
    files = {file.path for file in client.list_artifacts(training.run_id, "plots")}
    assert files == {"plots/ranking.png", "plots/learning_curve.png"}
    table = json.loads(mlflow.artifacts.load_text(f"runs:/{training.run_id}/tables/ranking.json"))
    assert [row[0] for row in table["data"]] == [found.candidate.name for found in training.ranking]


def test_errors_are_explained_and_calibration_is_told_before_and_after(
    client: MlflowClient, children: list[Run], training: Training
) -> None:
    run = next(run for run in children if run.data.tags["candidate"] == "cues")
    found = {file.path for file in client.list_artifacts(run.info.run_id, "tables")}
    assert "tables/strongest_model.json" in found
    majority = next(run for run in children if run.data.tags["candidate"] == "majority")
    errors = json.loads(mlflow.artifacts.load_text(f"runs:/{majority.info.run_id}/tables/errors.json"))
    assert errors["columns"][:6] == ["label", "stance", "probability_of_label", "text", "frames", "cues"]
    assert any("china" in row[4] for row in errors["data"])
    for measured in training.ranking:
        assert measured.figures["cv_log_loss"] <= measured.figures["cv_log_loss_uncalibrated"] + 1e-6


def test_pipeline_run_bundle_and_pyfunc_answer_alike(
    client: MlflowClient, settings: Settings, training: Training
) -> None:
    texts = read_corpus(settings.corpus).split("test").texts
    fitted = training.ranking[0].model.predict_proba(texts)
    run_id = client.get_model_version("stance", "1").run_id
    np.testing.assert_allclose(load_run_model(client, run_id).predict_proba(texts), fitted, atol=1e-12)
    np.testing.assert_allclose(read_bundle(settings.models).model.predict_proba(texts), fitted, atol=1e-12)
    table = pd.DataFrame({"text": texts})
    answers = mlflow.pyfunc.load_model("models:/stance@champion").predict(table)
    assert len(answers) == len(table)
    assert list(answers) == list(training.ranking[0].model.predict(texts))


def test_artifacts_of_a_file_store_stand_beside_it(tmp_path: Path) -> None:
    assert artifact_location(f"sqlite:///{tmp_path}/mlflow.db") == (tmp_path / "mlartifacts").as_uri()
    assert artifact_location("http://127.0.0.1:5000") is None
