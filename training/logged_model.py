"""The model that a run logged, loaded again and checked by the answers that it gave then."""

import json
from pathlib import Path
from typing import Any

import mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from sklearn.pipeline import Pipeline

from training.bundle import GOLDEN
from training.errors import BundleError, RegistryError
from training.golden import require_same_answers
from training.model_file import NAME, load_model
from training.registry import MODEL_ID


def load_run_model(client: MlflowClient, run_id: str) -> Pipeline:
    """Load the model that a run logged, through our own allow-list, and make sure that it answers as it did then.

    Raises:
        RegistryError: the run logged no model.
        BundleError: its model cannot be loaded by the present code, or answers otherwise with it.
    """
    return load_with_answers(client, run_id)[0]


def load_with_answers(client: MlflowClient, run_id: str) -> tuple[Pipeline, list[dict[str, Any]]]:
    """Load a model as ``load_run_model`` does; return it with the golden answers that it was held against."""
    model, golden = load_model(model_file(client, run_id)), _logged_answers(run_id)
    require_same_answers(model, golden)
    return model, golden


def _logged_answers(run_id: str) -> list[dict[str, Any]]:
    try:
        found: list[dict[str, Any]] = json.loads(mlflow.artifacts.load_text(f"runs:/{run_id}/{GOLDEN}"))
    except MlflowException as error:
        raise BundleError(f"run {run_id} holds no {GOLDEN} to check its model by: trained by older code") from error
    return found


def model_file(client: MlflowClient, run_id: str) -> Path:
    """Fetch the model that a run logged, as a file that is yet to be loaded.

    Raises:
        RegistryError: the run logged no model.
    """
    model_id = client.get_run(run_id).data.tags.get(MODEL_ID)
    if model_id is None:
        raise RegistryError(f"run {run_id} logged no model")
    return Path(mlflow.artifacts.download_artifacts(f"models:/{model_id}")) / NAME
