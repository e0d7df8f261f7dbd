"""How the alias ``champion`` moves: bundle first, then alias, then the pointer that services follow.

In this order a model that cannot be exported never becomes champion, and no service is pointed to a bundle
that is not there.
"""

from datetime import UTC, datetime
from pathlib import Path

import mlflow

from training.bundle import point_to
from training.claim import Claim
from training.compare import Comparison, compare
from training.errors import BundleError, RegistryError
from training.export import export
from training.logged_model import load_run_model
from training.registry import Registry
from training.runs import CARD
from training.scored import answered

STANDS_ON = ("candidate", "corpus_digest")  # tags of a run that its version has too


def enthrone(registry: Registry, version: str, models: Path) -> None:
    """Export a version, make it champion and point services to it."""
    export(registry, version, models)
    registry.crown(version)
    point_to(models, version)


def export_version(registry: Registry, version: str | None, models: Path) -> Path:
    """Export a version, the champion by default, and return its bundle; services follow the champion's only.

    Raises:
        RegistryError: there is no such version, or no champion.
        BundleError: it cannot be exported.
    """
    held = registry.champion()
    chosen = version or held
    if chosen is None:
        raise RegistryError(f"there is no champion of {registry.name} yet; `train` makes one")
    directory = export(registry, chosen, models)
    if chosen == held:
        point_to(models, chosen)
    return directory


def promote(registry: Registry, reference: str, claim: Claim, models: Path, why: str) -> tuple[str, str]:
    """Make a version or run champion whatever the gate would say; return its version and the reason noted.

    Raises:
        RegistryError: there is no such version or run.
        BundleError: it cannot be exported.
    """
    version = registry.register(registry.resolve_run(reference))
    held = registry.champion()
    reason = _dated("promoted by hand", why)
    if held is not None and held != version:
        reason += f"; {_against(registry, held, version, claim)}"
    enthrone(registry, version, models)
    _note(registry, version, reason, "promoted by hand")
    return version, reason


def rollback(registry: Registry, models: Path, why: str) -> tuple[str, str]:
    """Give the alias back to the champion before; return its version and the reason noted.

    Raises:
        RegistryError: there was no champion before.
        BundleError: it cannot be exported.
    """
    left, back = registry.champion(), registry.predecessor()
    export(registry, back, models)
    registry.uncrown()
    point_to(models, back)
    reason = _dated(f"champion {left} rolled back to {back}", why)
    _note(registry, str(left), reason, "rolled back")
    _note(registry, back, reason, "returned to")
    return back, reason


def compare_runs(registry: Registry, first: str, second: str, claim: Claim) -> Comparison:
    """Compare two versions or runs on the frozen test split.

    Raises:
        RegistryError: one of them is not there.
        BundleError: the model of one cannot be loaded by the present code.
    """
    runs = [registry.resolve_run(reference) for reference in (first, second)]
    test = claim.test
    answers = [answered(load_run_model(registry.client, run), test.texts, test.truth) for run in runs]
    costs = [registry.client.get_run(run).data.metrics for run in runs]
    return compare(answers[0], answers[1], test.groups, (costs[0], costs[1]), claim.metric)


def _against(registry: Registry, held: str, version: str, claim: Claim) -> str:
    try:
        return f"A = champion {held}, B = this: {compare_runs(registry, held, version, claim).sentence}"
    except BundleError as error:
        return f"champion {held} cannot be compared: {error}"


def _note(registry: Registry, version: str, reason: str, gate: str) -> None:
    run = registry.client.get_run(registry.resolve_run(version))
    card = mlflow.artifacts.load_text(f"runs:/{run.info.run_id}/{CARD}")
    stands_on = {name: run.data.tags[name] for name in STANDS_ON if name in run.data.tags}
    registry.annotate(version, reason, card, stands_on | {"gate": gate})


def _dated(what: str, why: str) -> str:
    said = f"{what} on {datetime.now(UTC).date().isoformat()}"
    return f"{said}: {why}" if why else said
