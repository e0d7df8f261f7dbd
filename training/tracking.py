"""The MLflow store: where runs and artifacts go, and how its chatter is kept down."""

import logging
from pathlib import Path

import mlflow
from mlflow import MlflowClient
from mlflow.environment_variables import MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR

from training.settings import Settings

FILE_STORE = "sqlite:///"
SYSTEM_SECONDS = 2
PRIMARY_METRIC = "mlflow.experiment.primaryMetric.name"
UI_TAGS = {
    "mlflow.experimentKind": "custom_model_development",  # the UI's pages for training, not those for agents
    PRIMARY_METRIC: "cv_macro_f1",
    "mlflow.experiment.primaryMetric.greaterIsBetter": "True",
    "mlflow.note.content": "A parent run a training, its candidates nested in it: `docs/experiments.md`.",
}


def open_store(settings: Settings) -> MlflowClient:
    """Point MLflow at the store, and make nothing in it."""
    for chatty in ("mlflow", "alembic"):
        logging.getLogger(chatty).setLevel(logging.ERROR)
    MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR.set(False)
    mlflow.set_tracking_uri(settings.tracking_uri)
    return MlflowClient(settings.tracking_uri)


def connect(settings: Settings) -> MlflowClient:
    """Point MLflow at the store and its experiment, made if need be.

    A SQLite store keeps its artifacts in ``mlartifacts`` beside its file; a server has its own place.
    """
    client = open_store(settings)
    if client.get_experiment_by_name(settings.experiment) is None:
        place = artifact_location(settings.tracking_uri)
        client.create_experiment(settings.experiment, artifact_location=place, tags=UI_TAGS)
    mlflow.set_experiment(settings.experiment)
    return client


def artifact_location(tracking_uri: str) -> str | None:
    """``mlartifacts`` beside the file of a SQLite store; None, the server's choice, for any other."""
    if not tracking_uri.startswith(FILE_STORE):
        return None
    store = Path(tracking_uri.removeprefix(FILE_STORE)).absolute()
    store.parent.mkdir(parents=True, exist_ok=True)
    return (store.parent / "mlartifacts").as_uri()


def watch_system() -> None:
    """Have the system metrics of runs that ask for them taken every two seconds; a training is short."""
    mlflow.set_system_metrics_sampling_interval(SYSTEM_SECONDS)
    mlflow.set_system_metrics_samples_before_logging(1)
