"""A search on the invented corpus, in this process."""

from pathlib import Path

import mlflow
import numpy as np
import pytest
from mlflow import MlflowClient
from optuna.trial import FixedTrial, TrialState

from training.candidates import build_base, read_plan
from training.corpus import read_corpus
from training.search.matrices import Matrices
from training.search.plots import history_figure, importance_figure
from training.search.space import KNOWN, suggest
from training.search.trials import Search, open_study, search_family
from training.settings import Settings
from training.tracking import connect

pytestmark = pytest.mark.slow


@pytest.fixture
def search(settings: Settings, tmp_path: Path) -> Search:
    connect(settings)
    with mlflow.start_run(run_name="tune") as run:
        parent = run.info.run_id
    return Search(settings, tmp_path / "tune.db", parent, folds=3, seed=0, seconds=0.0)


def test_one_trial_is_finished_whatever_the_time_and_the_search_goes_on_where_it_ended(
    search: Search, settings: Settings
) -> None:
    digest = read_corpus(settings.corpus).digest
    first = search_family("linear", search)
    again = search_family("linear", search)
    assert first.candidate == again.candidate == suggest("linear", FixedTrial(KNOWN["linear"]))
    np.testing.assert_allclose(first.held_out, again.held_out)
    study = open_study("linear", search, digest)
    assert [trial.state for trial in study.trials] == [TrialState.COMPLETE]
    run = MlflowClient(settings.tracking_uri).get_run(study.trials[0].user_attrs["run_id"])
    assert run.data.tags["mlflow.parentRunId"] == search.parent
    assert run.data.tags["state"] == "complete"
    assert run.data.metrics["cv_macro_f1"] == pytest.approx(first.macro_f1)
    assert open_study("linear", search, "sha256:another").trials[0].state == TrialState.WAITING


def test_a_search_is_drawn_with_few_trials_and_with_more(search: Search) -> None:
    study = open_study("trees", search, "sha256:plots")
    assert importance_figure("trees", study) is None
    for rate, value in ((0.03, 0.5), (0.05, 0.6), (0.1, 0.7), (0.15, 0.65), (0.19, 0.4)):
        study.enqueue_trial(KNOWN["trees"] | {"learning_rate": rate})
        trial = study.ask()
        suggest("trees", trial)
        study.tell(trial, value)
    assert importance_figure("trees", study) is not None
    (axes,) = history_figure({"trees": study}).axes
    assert axes.get_legend_handles_labels()[1] == ["trees, 5 trials finished"]


def test_cached_columns_are_those_that_the_pipeline_would_read(settings: Settings) -> None:
    train = read_corpus(settings.corpus).split("train")
    rows = np.arange(len(train))
    matrices = Matrices(train.documents, [(rows[:60], rows[60:])])
    candidate = suggest("linear", FixedTrial(KNOWN["linear"]))
    fitting, held_out = matrices.columns(candidate, 0)
    plan = read_plan()
    union = build_base(candidate, plan, 0)[:-1]
    np.testing.assert_allclose(union.fit_transform(train.documents[:60]).toarray(), fitting.toarray())
    np.testing.assert_allclose(union.transform(train.documents[60:]).toarray(), held_out.toarray())
    assert matrices.columns(candidate, 0)[0].nnz == fitting.nnz
