"""The alias by hand: promote a run or version, roll back, compare two."""

from datetime import UTC, datetime

from mlflow import MlflowClient

from training.compare import Comparison, compare
from training.corpus import Corpus
from training.errors import BundleError
from training.export import export
from training.registry import annotate_reason, champion, crown, dethrone, load_run_model, register, resolve_run
from training.scored import answered
from training.settings import Settings


def compare_runs(client: MlflowClient, first: str, second: str, test: Corpus) -> Comparison:
    """Compare two versions or runs on the frozen test split.

    Raises:
        RegistryError: one of them is not there.
        BundleError: the model of one cannot be loaded by the present code.
    """
    runs = [resolve_run(client, reference) for reference in (first, second)]
    scored = [answered(load_run_model(client, run), test.texts, test.truth) for run in runs]
    costs = [dict(client.get_run(run).data.metrics) for run in runs]
    return compare(scored[0], scored[1], test.groups, (costs[0], costs[1]))


def promote(client: MlflowClient, reference: str, settings: Settings, test: Corpus, why: str) -> tuple[str, str]:
    """Make a version or run champion whatever the gate would say, and return its version and the reason noted.

    The bundle is written first, so that a model that cannot be exported never becomes champion.
    """
    version = register(client, resolve_run(client, reference))
    reason = f"promoted by hand, {_today()}" + (f": {why}" if why else "")
    held = champion(client)
    if held is not None and held != version:
        try:
            reason += f"; against champion {held}: {compare_runs(client, held, version, test).sentence}"
        except BundleError as error:
            reason += f"; champion {held} cannot be compared: {error}"
    export(client, version, settings.models)
    crown(client, version)
    annotate_reason(client, version, reason)
    export(client, version, settings.models)
    return version, reason


def rollback(client: MlflowClient, settings: Settings, why: str) -> tuple[str, str]:
    """Give the alias back to the champion before, export it, and return the versions left and returned to."""
    left, back = dethrone(client)
    note = f"rolled back from {left} to {back}, {_today()}" + (f": {why}" if why else "")
    for version in (left, back):
        annotate_reason(client, version, note)
    export(client, back, settings.models)
    return left, back


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
