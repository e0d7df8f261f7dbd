"""The alias by hand, and the bundle that follows it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from mlflow import MlflowClient

from features.answer import score
from training.bundle import locate, read_bundle
from training.corpus import Corpus, read_corpus
from training.errors import BundleError, RegistryError
from training.golden import TEXTS, reproduces
from training.registry import champion, predecessor, register, resolve_run
from training.settings import Settings
from training.succession import compare_runs, export_version, promote, rollback
from training.tracking import connect
from training.train import Training

pytestmark = pytest.mark.slow


@pytest.fixture
def bundle(own: Settings) -> Path:
    """The champion's bundle, to do harm to."""
    return locate(own.models)


@pytest.fixture
def test_split(settings: Settings) -> Corpus:
    return read_corpus(settings.corpus).split("test")


@pytest.fixture
def own_client(own: Settings) -> MlflowClient:
    return connect(own)


def child(client: MlflowClient, training: Training, candidate: str) -> str:
    experiment = client.get_run(training.run_id).info.experiment_id
    (run,) = client.search_runs([experiment], f"tags.candidate = '{candidate}' and tags.family != ''")
    return str(run.info.run_id)


def test_the_bundle_says_what_it_is_and_gives_its_golden_answers(bundle: Path, test_split: Corpus) -> None:
    found = read_bundle(bundle)
    assert found.manifest["labels"] == ["support", "deny", "neutral"]
    assert found.manifest["classes"] == ["deny", "neutral", "support"]
    assert set(found.manifest["files"]) == {"model.skops", "golden.json", "card.md"}
    assert found.manifest["corpus"]["texts"] == 144
    assert found.manifest["corpus"]["test_digest"] == test_split.digest
    golden = json.loads((bundle / "golden.json").read_text("utf-8"))
    assert [row["text"] for row in golden] == list(TEXTS)
    assert reproduces(found.model, golden)
    assert score(found.model, [TEXTS[0]])[0].stance == golden[0]["stance"]


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (lambda b: (b / "card.md").write_text("harmless"), "card.md is not the file"),
        (lambda b: (b / "golden.json").unlink(), "disagree on golden.json"),
        (lambda b: (b / "extra.py").touch(), "disagree on extra.py"),
        (lambda b: (b / "manifest.json").write_text("{}"), "manifest.json cannot be read"),
        (lambda b: (b / "manifest.json").unlink(), "is no bundle"),
    ],
)
def test_a_bundle_that_was_tampered_with_is_refused(bundle: Path, harm: Callable[[Path], object], reason: str) -> None:
    harm(bundle)
    with pytest.raises(BundleError, match=reason):
        read_bundle(bundle)


def test_one_changed_byte_of_the_model_is_found_before_it_is_opened(
    bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = bundle / "model.skops"
    content = bytearray(model.read_bytes())
    content[len(content) // 2] ^= 1
    model.write_bytes(content)
    monkeypatch.setattr("training.bundle.load_model", lambda _: pytest.fail("opened"))
    with pytest.raises(BundleError, match=r"model\.skops is not the file"):
        read_bundle(bundle)


def test_promoting_and_rolling_back_move_alias_pointer_and_reasons(
    own_client: MlflowClient, own: Settings, training: Training, test_split: Corpus
) -> None:
    run = child(own_client, training, "majority")
    version, reason = promote(own_client, run, test_split, own.models, "to see what happens")
    assert champion(own_client) == version == "2"
    assert locate(own.models).name == version
    assert read_bundle(own.models).manifest["run_id"] == run
    assert "promoted by hand" in reason
    assert "to see what happens" in reason
    assert "McNemar" in own_client.get_model_version("stance", version).description
    assert predecessor(own_client) == training.version

    back, noted = rollback(own_client, own.models, "seen")
    assert champion(own_client) == back == training.version
    assert locate(own.models).name == back
    assert own_client.get_model_version("stance", version).tags["gate"] == "rolled back"
    assert noted.endswith(": seen")
    with pytest.raises(RegistryError, match="no champion before"):
        rollback(own_client, own.models, "")


def test_services_are_pointed_to_the_champion_only(own_client: MlflowClient, own: Settings, training: Training) -> None:
    other = register(own_client, child(own_client, training, "majority"))
    assert read_bundle(export_version(own_client, other, own.models)).manifest["candidate"] == "majority"
    assert locate(own.models).name == training.version
    shutil.rmtree(own.models)
    assert export_version(own_client, None, own.models) == locate(own.models)


def test_a_model_that_cannot_be_exported_does_not_become_champion(
    own_client: MlflowClient, own: Settings, training: Training, test_split: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.export.libraries", lambda: {"scikit-learn": "0.1.0"})
    with pytest.raises(BundleError, match=r"but 0\.1\.0 is installed"):
        promote(own_client, child(own_client, training, "majority"), test_split, own.models, "")
    assert champion(own_client) == locate(own.models).name == training.version


def test_a_better_model_shows_as_better(client: MlflowClient, training: Training, test_split: Corpus) -> None:
    found = compare_runs(client, child(client, training, "majority"), training.version, test_split)
    assert found.difference.low > 0
    assert found.only_second > found.only_first
    assert found.mcnemar < 0.05
    assert found.second["model_bytes"] > 0


def test_runs_versions_champion_and_whole_trainings_name_a_run(client: MlflowClient, training: Training) -> None:
    winner = resolve_run(client, training.version)
    assert resolve_run(client, "champion") == winner
    assert resolve_run(client, training.run_id) == winner
    assert resolve_run(client, winner) == winner
    for nobody in ("99", "0" * 32):
        with pytest.raises(RegistryError, match="no version or run"):
            resolve_run(client, nobody)
