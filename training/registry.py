"""Registered versions of a model and the alias ``champion``: who holds it, who held it, and why."""

import contextlib
import io
import json
from dataclasses import dataclass
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
from training.settings import CHAMPION, MODEL, Settings
from training.tracking import connect

HISTORY = "champion_history"
REASON = "gate_reason"
CHOSEN_RUN = "chosen_run"
MODEL_ID = "model_id"
MODEL_NAME = "model"


@dataclass(frozen=True, slots=True)
class Registry:
    """The versions of one registered model, ``name``, in a store."""

    client: MlflowClient
    name: str

    def champion(self) -> str | None:
        """The version that holds the alias, or None."""
        with contextlib.suppress(MlflowException):
            return str(self.client.get_model_version_by_alias(self.name, CHAMPION).version)
        return None

    def register(self, run_id: str) -> str:
        """Register the model of a run, unless it is already, and return its version.

        Raises:
            RegistryError: the run logged no model.
        """
        known = [found for found in self._versions() if found.run_id == run_id]
        if known:
            return str(known[0].version)
        model_id = self.client.get_run(run_id).data.tags.get(MODEL_ID)
        if model_id is None:
            raise RegistryError(f"run {run_id} logged no model; give a candidate's run, or a version")
        with contextlib.redirect_stderr(io.StringIO()):  # MLflow announces it amid the progress bars
            return str(mlflow.register_model(f"models:/{model_id}", self.name).version)

    def resolve_run(self, reference: str) -> str:
        """Find the run that is meant by a version, ``champion``, or a run id (of a whole training: its winner).

        Raises:
            RegistryError: there is no such version or run, or the run was for another model.
        """
        version = self.champion() if reference == CHAMPION else reference
        if version is None:
            raise RegistryError(f"there is no champion of {self.name} yet; `train` makes one")
        try:
            if version.isdecimal():
                return str(self.client.get_model_version(self.name, version).run_id)
            run = self.client.get_run(version)
        except MlflowException as error:
            raise RegistryError(f"no version or run {reference!r} of {self.name}: {error.message}") from error
        trained_for = run.data.tags.get(MODEL_NAME, MODEL)  # before it was noted there was no other
        if trained_for != self.name:
            raise RegistryError(f"run {reference} was trained for {trained_for}, not for {self.name}")
        return str(run.data.tags.get(CHOSEN_RUN, run.info.run_id))

    def annotate(self, version: str, reason: str, card: str, tags: dict[str, str]) -> None:
        """Write on a version why it stands where it stands, with its card below and tags beside it."""
        self.client.update_model_version(self.name, version, description=f"**{reason}**\n\n{card}")
        for key, value in (tags | {REASON: reason}).items():
            self.client.set_model_version_tag(self.name, version, key, value)

    def crown(self, version: str) -> None:
        """Give a version the alias, and remember it in the history that ``predecessor`` looks back on."""
        held = self.history()
        if not held or held[-1] != version:
            held.append(version)
        self._move(held)

    def predecessor(self) -> str:
        """The version that was champion before the present one.

        Raises:
            RegistryError: there was none.
        """
        held = self.history()
        if len(held) < 2:  # noqa: PLR2004
            raise RegistryError(f"there was no champion before this one of {self.name} to go back to")
        return held[-2]

    def uncrown(self) -> None:
        """Give the alias back to ``predecessor``, and forget that the present champion held it."""
        self.predecessor()
        self._move(self.history()[:-1])

    def history(self) -> list[str]:
        """Versions that have been champion, oldest first; the last one is it now."""
        try:
            tags = self.client.get_registered_model(self.name).tags
        except MlflowException:
            return []
        found: list[str] = json.loads(tags.get(HISTORY, "[]"))
        return found

    def _versions(self) -> list[Any]:
        return list(self.client.search_model_versions(f"name='{self.name}'"))

    def _move(self, held: list[str]) -> None:
        self.client.set_registered_model_alias(self.name, CHAMPION, held[-1])
        self.client.set_registered_model_tag(self.name, HISTORY, json.dumps(held))


def open_registry(settings: Settings) -> Registry:
    """Point MLflow at the store, and return the versions of the settings' model."""
    return Registry(connect(settings), settings.model)


def load_run_model(client: MlflowClient, run_id: str) -> Pipeline:
    """Load the model that a run logged, through our own allow-list, and make sure that it answers as it did then.

    Raises:
        RegistryError: the run logged no model.
        BundleError: its model cannot be loaded by the present code, or answers otherwise with it.
    """
    model = load_model(model_file(client, run_id))
    try:
        golden = json.loads(mlflow.artifacts.load_text(f"runs:/{run_id}/{GOLDEN}"))
    except MlflowException as error:
        raise BundleError(f"run {run_id} holds no {GOLDEN} to check its model by: trained by older code") from error
    require_same_answers(model, golden)
    return model


def model_file(client: MlflowClient, run_id: str) -> Path:
    """Fetch the model that a run logged, as a file that is yet to be loaded.

    Raises:
        RegistryError: the run logged no model.
    """
    model_id = client.get_run(run_id).data.tags.get(MODEL_ID)
    if model_id is None:
        raise RegistryError(f"run {run_id} logged no model")
    return Path(mlflow.artifacts.download_artifacts(f"models:/{model_id}")) / NAME
