"""Registered versions of a model and the alias ``champion``: who holds it, who held it, and why."""

import contextlib
import io
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

from training.errors import RegistryError
from training.last_training import CHOSEN_RUN, candidate_runs, last_training, trained_for
from training.settings import CHAMPION, Settings
from training.tracking import connect

HISTORY = "champion_history"
REASON = "gate_reason"
SINCE = "champion_since"
MODEL_ID = "model_id"
_RUN_ID = re.compile("[0-9a-f]{32}")


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
        """Find the run that is meant.

        Args:
            reference: a version, ``champion``, a candidate's name in the last training of this model, or the id of
                a run (of a whole training: its winner's).

        Raises:
            RegistryError: there is no such version, candidate or run, or the run was for another model.
        """
        version = self.champion() if reference == CHAMPION else reference
        if version is None:
            raise RegistryError(f"there is no champion of {self.name} yet; `train` makes one")
        try:
            if version.isdecimal():
                return str(self.client.get_model_version(self.name, version).run_id)
            if not _RUN_ID.fullmatch(version):
                return self._candidate(version)
            run = self.client.get_run(version)
        except MlflowException as error:
            raise RegistryError(f"no version or run {reference!r} of {self.name}: {error.message}") from error
        if trained_for(run) != self.name:
            raise RegistryError(f"run {reference} was trained for {trained_for(run)}, not for {self.name}")
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

    def _candidate(self, name: str) -> str:
        """The run of a candidate of the last training."""
        training = last_training(self.client, self.name)
        if training is None:
            raise RegistryError(f"no candidate {name!r}: there is no training of {self.name} yet; `train` makes one")
        known = candidate_runs(self.client, training)
        if name not in known:
            raise RegistryError(
                f"no candidate {name!r} in the last training of {self.name}; it has {', '.join(sorted(known))} "
                "(or give a version, `champion`, or the 32 digits of a run's id)"
            )
        return known[name]

    def _versions(self) -> list[Any]:
        return list(self.client.search_model_versions(f"name='{self.name}'"))

    def _move(self, held: list[str]) -> None:
        before = self.champion()
        self.client.set_registered_model_alias(self.name, CHAMPION, held[-1])
        self.client.set_registered_model_tag(self.name, HISTORY, json.dumps(held))
        if before == held[-1]:
            return
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self.client.set_model_version_tag(self.name, held[-1], SINCE, now)
        if before is not None:
            self.client.delete_model_version_tag(self.name, before, SINCE)


def open_registry(settings: Settings) -> Registry:
    """Point MLflow at the store, and return the versions of the settings' model."""
    return Registry(connect(settings), settings.model)
