"""Registered versions of the model and the alias ``champion``: who holds it, who held it, and why."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from sklearn.pipeline import Pipeline

from training.errors import RegistryError
from training.model_file import NAME, load_model
from training.settings import CHAMPION, MODEL

HISTORY = "champion_history"
REASON = "gate_reason"
CHOSEN_RUN = "chosen_run"
MODEL_ID = "model_id"


def champion(client: MlflowClient) -> str | None:
    """The version that holds the alias, or None."""
    with contextlib.suppress(MlflowException):
        return str(client.get_model_version_by_alias(MODEL, CHAMPION).version)
    return None


def register(client: MlflowClient, run_id: str) -> str:
    """Register the model of a run, unless it is already, and return its version.

    Raises:
        RegistryError: the run logged no model.
    """
    known = [found for found in _versions(client) if found.run_id == run_id]
    if known:
        return str(known[0].version)
    model_id = client.get_run(run_id).data.tags.get(MODEL_ID)
    if model_id is None:
        raise RegistryError(f"run {run_id} logged no model; give a candidate's run, or a version")
    with contextlib.redirect_stderr(io.StringIO()):  # MLflow announces it amid the progress bars
        return str(mlflow.register_model(f"models:/{model_id}", MODEL).version)


def _versions(client: MlflowClient) -> list[Any]:
    return list(client.search_model_versions(f"name='{MODEL}'"))


def resolve_run(client: MlflowClient, reference: str) -> str:
    """Find the run that is meant by a version, ``champion``, or a run id (of a whole training: its winner).

    Raises:
        RegistryError: there is no such version or run.
    """
    version = champion(client) if reference == CHAMPION else reference
    if version is None:
        raise RegistryError("there is no champion yet; `train` makes one")
    try:
        if version.isdecimal():
            return str(client.get_model_version(MODEL, version).run_id)
        run = client.get_run(version)
    except MlflowException as error:
        raise RegistryError(f"no version or run {reference!r}: {error.message}") from error
    return str(run.data.tags.get(CHOSEN_RUN, run.info.run_id))


def load_run_model(client: MlflowClient, run_id: str) -> Pipeline:
    """Load the model that a run logged, through our own allow-list.

    Raises:
        RegistryError: the run logged no model.
        BundleError: its model cannot be loaded by the present code.
    """
    return load_model(model_file(client, run_id))


def model_file(client: MlflowClient, run_id: str) -> Path:
    """Fetch the model that a run logged, as a file that is yet to be loaded.

    Raises:
        RegistryError: the run logged no model.
    """
    model_id = client.get_run(run_id).data.tags.get(MODEL_ID)
    if model_id is None:
        raise RegistryError(f"run {run_id} logged no model")
    return Path(mlflow.artifacts.download_artifacts(f"models:/{model_id}")) / NAME


def annotate(client: MlflowClient, version: str, reason: str, card: str, tags: dict[str, str]) -> None:
    """Write on a version why it stands where it stands, with its card below and tags beside it."""
    client.update_model_version(MODEL, version, description=f"**{reason}**\n\n{card}")
    for key, value in (tags | {REASON: reason}).items():
        client.set_model_version_tag(MODEL, version, key, value)


def crown(client: MlflowClient, version: str) -> None:
    """Give a version the alias, and remember it in the history that ``predecessor`` looks back on."""
    held = history(client)
    if not held or held[-1] != version:
        held.append(version)
    _move(client, held)


def predecessor(client: MlflowClient) -> str:
    """The version that was champion before the present one.

    Raises:
        RegistryError: there was none.
    """
    held = history(client)
    if len(held) < 2:  # noqa: PLR2004
        raise RegistryError("there was no champion before this one to go back to")
    return held[-2]


def uncrown(client: MlflowClient) -> None:
    """Give the alias back to ``predecessor``, and forget that the present champion held it."""
    predecessor(client)
    _move(client, history(client)[:-1])


def history(client: MlflowClient) -> list[str]:
    """Versions that have been champion, oldest first; the last one is it now."""
    try:
        tags = client.get_registered_model(MODEL).tags
    except MlflowException:
        return []
    found: list[str] = json.loads(tags.get(HISTORY, "[]"))
    return found


def _move(client: MlflowClient, held: list[str]) -> None:
    client.set_registered_model_alias(MODEL, CHAMPION, held[-1])
    client.set_registered_model_tag(MODEL, HISTORY, json.dumps(held))
