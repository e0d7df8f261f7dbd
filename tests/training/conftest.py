"""A small invented corpus, and one training on it that the slower tests look at from all sides."""

import dataclasses
import json
import logging
import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import mlflow
import pytest
import yaml
from mlflow import MlflowClient
from rich.console import Console

from training.candidates import Plan, read_plan
from training.claim import own_claim
from training.progress import Progress
from training.settings import Settings
from training.tracking import connect
from training.train import Training, train

SAID = {
    "support": ("{a} is shipping {g} to Russia, {w} say.", "{w} fear that {a} may send {g} to Moscow."),
    "deny": (
        "{a} denies sending {g} to Russia, {w} report.",
        "There is no proof of {a} giving {g} to Moscow, say {w}.",
    ),
    "neutral": ("{a} and Russia discuss {g} with {w}.", "{w} wonder what {a} would gain from {g} made in Moscow."),
}
PLAN: dict[str, Any] = {
    "default": "words",
    "folds": 3,
    "candidates": [
        {
            "name": "majority",
            "family": "baseline",
            "blocks": ["cues"],
            "classifier": "sklearn.dummy.DummyClassifier",
            "params": {"strategy": "prior"},
        },
        {
            "name": "words",
            "family": "linear",
            "blocks": ["words"],
            "classifier": "sklearn.linear_model.LogisticRegression",
            "params": {"C": 4.0},
        },
        {
            "name": "cues",
            "family": "trees",
            "blocks": ["cues"],
            "classifier": "lightgbm.LGBMClassifier",
            "params": {"n_jobs": 1, "n_estimators": 10, "verbosity": -1},
        },
    ],
}


def invented() -> list[dict[str, Any]]:
    """144 texts: each group holds one text of each label, and every fourth group is in the test split."""
    rows: list[dict[str, Any]] = []
    actors = ("China", "Beijing", "A Chinese firm")
    goods = ("drones", "rifles", "chips", "shells")
    voices = ("officials", "traders")
    for number, (actor, thing, voice, turn) in enumerate(product(actors, goods, voices, (0, 1))):
        for label, frames in SAID.items():
            rows.append(
                {
                    "id": f"t{len(rows)}",
                    "text": frames[turn].format(a=actor, g=thing, w=voice),
                    "label": label,
                    "kind": "headline" if turn else "sentence",
                    "group": f"g{number}",
                    "split": "train" if number % 4 else "test",
                    "year": 2022 + number % 3,
                }
            )
    return rows


def write_rows(directory: Path, rows: list[dict[str, Any]], name: str = "texts.jsonl") -> Path:
    """Write rows as a corpus file, and return the directory."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / name).write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return directory


@pytest.fixture(scope="session")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    file = tmp_path_factory.mktemp("plan") / "candidates.yaml"
    file.write_text(yaml.safe_dump(PLAN), "utf-8")
    return read_plan(file)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of a store, corpus and bundles of their own; loggers and MLflow's store are put back after."""
    root = tmp_path_factory.mktemp("training")
    levels = {name: logging.getLogger(name).level for name in ("mlflow", "alembic")}
    yield Settings(
        tracking_uri=f"sqlite:///{root}/mlflow.db",
        corpus=write_rows(root / "corpus", invented()),
        articles=root / "articles.jsonl",
        models=root / "models",
    )
    mlflow.set_tracking_uri(None)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture(scope="session")
def training(settings: Settings, plan: Plan) -> Training:
    """One training of all candidates on the invented corpus."""
    return train(settings, own_claim(settings), plan, plan.candidates, Progress(Console(quiet=True)), jobs=1)


@pytest.fixture
def client(settings: Settings, training: Training) -> MlflowClient:
    """The store after the training, to be read only."""
    assert training.version
    return connect(settings)


@pytest.fixture
def own(settings: Settings, training: Training, tmp_path: Path) -> Settings:
    """A copy of the store and the bundles after the training, to change at will."""
    assert training.version
    shutil.copy(settings.tracking_uri.removeprefix("sqlite:///"), tmp_path / "mlflow.db")
    models = shutil.copytree(settings.models, tmp_path / "models")
    return dataclasses.replace(settings, tracking_uri=f"sqlite:///{tmp_path}/mlflow.db", models=models)
