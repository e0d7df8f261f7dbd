"""From a registered version to a bundle that the service can take up."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import mlflow

from training.bundle import CARD, GOLDEN, read_bundle, write_bundle
from training.claim import OWN
from training.errors import BundleError
from training.golden import reproduces
from training.logged_model import load_with_answers
from training.model_file import NAME, dump_model
from training.provenance import libraries
from training.registry import Registry
from training.runs import CARD as LOGGED_CARD
from training.runs import CLAIM, CORPUS, LIBRARIES


def export(registry: Registry, version: str, models: Path) -> Path:
    """Write the bundle of a version, read it back, and return its directory.

    Raises:
        RegistryError: there is no such version.
        BundleError: the version was trained with another scikit-learn, or does not survive the round trip.
    """
    run = registry.client.get_run(registry.resolve_run(version))
    run_id = run.info.run_id
    trained_with = mlflow.artifacts.load_dict(f"runs:/{run_id}/{LIBRARIES}")
    _same_minor(trained_with, libraries())
    model, golden = load_with_answers(registry.client, run_id)
    files = {
        NAME: dump_model(model),
        GOLDEN: (json.dumps(golden, indent=2, ensure_ascii=False) + "\n").encode(),
        CARD: mlflow.artifacts.load_text(f"runs:/{run_id}/{LOGGED_CARD}").encode(),
    }
    facts = {
        "name": registry.name,
        "claim": run.data.tags.get(CLAIM, OWN),  # before it was noted there was no other
        "version": version,
        "run_id": run_id,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "classes": [str(label) for label in model.classes_],
        "label_shares": dict(zip(map(str, model.classes_), model[-1].learned_prior_.round(6).tolist(), strict=True)),
        "libraries": trained_with,
        "corpus": mlflow.artifacts.load_dict(f"runs:/{run_id}/{CORPUS}"),
        "candidate": run.data.tags["candidate"],
        "metrics": dict(sorted(run.data.metrics.items())),
        "training_date": datetime.fromtimestamp(run.info.start_time / 1000, UTC).date().isoformat(),
    }
    directory = models / "bundles" / version
    write_bundle(directory, files, facts)
    if not reproduces(read_bundle(directory).model, golden):
        raise BundleError(f"{directory}: the exported model does not reproduce the golden answers")
    return directory


def _same_minor(trained: dict[str, Any], here: dict[str, str]) -> None:
    """Another major.minor of scikit-learn may read a saved model otherwise than it was meant."""
    theirs, ours = (found["scikit-learn"].split(".")[:2] for found in (trained, here))
    if theirs != ours:
        versions = f"scikit-learn {trained['scikit-learn']}, but {here['scikit-learn']} is installed"
        raise BundleError(f"trained with {versions}; train anew")
