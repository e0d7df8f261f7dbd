"""The sidecar: services follow the alias, wherever it is moved."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from mlflow.exceptions import MlflowException

from training import follow as sidecar
from training.bundle import point_to, write_bundle
from training.errors import BundleError
from training.registry import Registry


class Store:
    """A store with nothing but an alias."""

    def __init__(self, *held: str | None) -> None:
        self.moves = list(held)

    def get_model_version_by_alias(self, _name: str, _alias: str) -> SimpleNamespace:
        """The next holder of the alias; None: nobody."""
        held = self.moves.pop(0)
        if held is None:
            raise MlflowException("no such alias")
        return SimpleNamespace(version=held)


@pytest.fixture
def exported(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Versions that were exported, by a stand-in that writes an empty bundle."""
    versions: list[str] = []

    def export(_client: Any, version: str, models: Path) -> None:
        versions.append(version)
        write_bundle(models / "bundles" / version, {"card.md": b"card"}, {"version": version})

    monkeypatch.setattr(sidecar, "export", export)
    return versions


def followed(store: Store, models: Path) -> list[str]:
    said = sidecar.follow(Registry(store, "stance"), models, lambda: bool(store.moves))  # type: ignore[arg-type]
    return list(said)


def test_every_move_is_followed_once(tmp_path: Path, exported: list[str]) -> None:
    said = followed(Store(None, "1", "1", "2", "2", "1"), tmp_path)
    assert exported == ["1", "2"]
    assert len(said) == 3
    assert (tmp_path / "current").read_text("utf-8") == "1\n"


def test_a_damaged_bundle_is_exported_anew(tmp_path: Path, exported: list[str]) -> None:
    followed(Store("1", "2"), tmp_path)
    (tmp_path / "bundles" / "1" / "card.md").write_text("other", "utf-8")
    followed(Store("1"), tmp_path)
    assert exported == ["1", "2", "1"]
    assert json.loads((tmp_path / "bundles" / "1" / "manifest.json").read_text("utf-8"))["version"] == "1"


def test_a_rollback_by_hand_stays_until_the_alias_moves(tmp_path: Path, exported: list[str]) -> None:
    store = Store("1", "2", "2")
    said = sidecar.follow(Registry(store, "stance"), tmp_path, lambda: bool(store.moves))  # type: ignore[arg-type]
    assert [next(said), next(said)]
    point_to(tmp_path, "1")
    assert list(said) == []
    assert (tmp_path / "current").read_text("utf-8") == "1\n"
    assert exported == ["1", "2"]


def test_a_failed_export_moves_nothing_and_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise BundleError("trained with another scikit-learn")

    monkeypatch.setattr(sidecar, "export", fail)
    said = followed(Store("3", "3"), tmp_path)
    assert said == ["cannot follow the champion, will try again: trained with another scikit-learn"]
    assert not (tmp_path / "current").exists()
