"""How the alias ``champion`` moves: bundle first, then alias, then the pointer that services follow.

In this order a model that cannot be exported never becomes champion, and no service is pointed to a bundle
that is not there.
"""

from datetime import UTC, datetime
from pathlib import Path

import mlflow
from mlflow import MlflowClient

from training.bundle import point_to
from training.compare import Comparison, compare
from training.corpus import Corpus
from training.errors import BundleError, RegistryError
from training.export import export
from training.registry import (
    annotate,
    champion,
    crown,
    load_run_model,
    predecessor,
    register,
    resolve_run,
    uncrown,
)
from training.runs import CARD
from training.scored import answered


def enthrone(client: MlflowClient, version: str, models: Path) -> None:
    """Export a version, make it champion and point services to it."""
    export(client, version, models)
    crown(client, version)
    point_to(models, version)


def export_version(client: MlflowClient, version: str | None, models: Path) -> Path:
    """Export a version, the champion by default, and return its bundle; services follow the champion's only.

    Raises:
        RegistryError: there is no such version, or no champion.
        BundleError: it cannot be exported.
    """
    held = champion(client)
    chosen = version or held
    if chosen is None:
        raise RegistryError("there is no champion yet; `train` makes one")
    directory = export(client, chosen, models)
    if chosen == held:
        point_to(models, chosen)
    return directory


def promote(client: MlflowClient, reference: str, test: Corpus, models: Path, why: str) -> tuple[str, str]:
    """Make a version or run champion whatever the gate would say; return its version and the reason noted.

    Raises:
        RegistryError: there is no such version or run.
        BundleError: it cannot be exported.
    """
    version = register(client, resolve_run(client, reference))
    held = champion(client)
    reason = _dated("promoted by hand", why)
    if held is not None and held != version:
        reason += f"; {_against(client, held, version, test)}"
    enthrone(client, version, models)
    _note(client, version, reason, "promoted by hand")
    return version, reason


def rollback(client: MlflowClient, models: Path, why: str) -> tuple[str, str]:
    """Give the alias back to the champion before; return its version and the reason noted.

    Raises:
        RegistryError: there was no champion before.
        BundleError: it cannot be exported.
    """
    left, back = champion(client), predecessor(client)
    export(client, back, models)
    uncrown(client)
    point_to(models, back)
    reason = _dated(f"champion {left} rolled back to {back}", why)
    _note(client, str(left), reason, "rolled back")
    _note(client, back, reason, "returned to")
    return back, reason


def compare_runs(client: MlflowClient, first: str, second: str, test: Corpus) -> Comparison:
    """Compare two versions or runs on the frozen test split.

    Raises:
        RegistryError: one of them is not there.
        BundleError: the model of one cannot be loaded by the present code.
    """
    runs = [resolve_run(client, reference) for reference in (first, second)]
    answers = [answered(load_run_model(client, run), test.texts, test.truth) for run in runs]
    costs = [client.get_run(run).data.metrics for run in runs]
    return compare(answers[0], answers[1], test.groups, (costs[0], costs[1]))


def _against(client: MlflowClient, held: str, version: str, test: Corpus) -> str:
    try:
        return f"A = champion {held}, B = this: {compare_runs(client, held, version, test).sentence}"
    except BundleError as error:
        return f"champion {held} cannot be compared: {error}"


def _note(client: MlflowClient, version: str, reason: str, gate: str) -> None:
    card = mlflow.artifacts.load_text(f"runs:/{resolve_run(client, version)}/{CARD}")
    annotate(client, version, reason, card, {"gate": gate})


def _dated(what: str, why: str) -> str:
    said = f"{what} on {datetime.now(UTC).date().isoformat()}"
    return f"{said}: {why}" if why else said
