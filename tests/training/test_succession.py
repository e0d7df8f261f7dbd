"""The alias by hand, and the bundle that follows it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from features.answer import score
from training.bundle import locate, read_bundle
from training.claim import Claim, own_claim
from training.errors import BundleError, RegistryError
from training.golden import TEXTS, reproduces
from training.last_training import candidate_runs
from training.registry import SINCE, Registry, open_registry
from training.settings import Settings
from training.succession import compare_runs, export_version, promote, rollback
from training.train import Training

pytestmark = pytest.mark.slow


@pytest.fixture
def bundle(own: Settings) -> Path:
    """The champion's bundle, to do harm to."""
    return locate(own.models)


@pytest.fixture
def claim(settings: Settings) -> Claim:
    return own_claim(settings)


@pytest.fixture
def registry(settings: Settings, training: Training) -> Registry:
    """The store after the training, to be read only."""
    assert training.version
    return open_registry(settings)


@pytest.fixture
def own_registry(own: Settings) -> Registry:
    return open_registry(own)


def child(registry: Registry, training: Training, candidate: str) -> str:
    return candidate_runs(registry.client, registry.client.get_run(training.run_id))[candidate]


def test_the_bundle_says_what_it_is_and_gives_its_golden_answers(bundle: Path, claim: Claim) -> None:
    found = read_bundle(bundle)
    assert found.manifest["labels"] == ["support", "deny", "neutral"]
    assert found.manifest["classes"] == ["deny", "neutral", "support"]
    assert set(found.manifest["files"]) == {"model.skops", "golden.json", "card.md"}
    assert found.manifest["corpus"]["texts"] == 144
    assert (found.manifest["name"], found.manifest["claim"]) == ("stance", "China aids Russia")
    assert found.manifest["corpus"]["test_digest"] == claim.test.digest
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
    own_registry: Registry, own: Settings, training: Training, claim: Claim
) -> None:
    run = child(own_registry, training, "majority")
    version, reason = promote(own_registry, run, claim, own.models, "to see what happens")
    assert own_registry.champion() == version == "2"
    assert locate(own.models).name == version
    assert read_bundle(own.models).manifest["run_id"] == run
    assert "promoted by hand" in reason
    assert "to see what happens" in reason
    assert "McNemar" in own_registry.client.get_model_version("stance", version).description
    assert own_registry.predecessor() == training.version

    back, noted = rollback(own_registry, own.models, "seen")
    assert own_registry.champion() == back == training.version
    assert locate(own.models).name == back
    assert own_registry.client.get_model_version("stance", version).tags["gate"] == "rolled back"
    assert noted.endswith(": seen")
    with pytest.raises(RegistryError, match="no champion before"):
        rollback(own_registry, own.models, "")


def test_services_are_pointed_to_the_champion_only(own_registry: Registry, own: Settings, training: Training) -> None:
    other = own_registry.register(child(own_registry, training, "majority"))
    assert read_bundle(export_version(own_registry, other, own.models)).manifest["candidate"] == "majority"
    assert locate(own.models).name == training.version
    shutil.rmtree(own.models)
    assert export_version(own_registry, None, own.models) == locate(own.models)


def test_a_model_that_cannot_be_exported_does_not_become_champion(
    own_registry: Registry, own: Settings, training: Training, claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.export.libraries", lambda: {"scikit-learn": "0.1.0"})
    with pytest.raises(BundleError, match=r"but 0\.1\.0 is installed"):
        promote(own_registry, child(own_registry, training, "majority"), claim, own.models, "")
    assert own_registry.champion() == locate(own.models).name == training.version


@pytest.mark.parametrize(
    ("answer", "reason"),
    [(lambda *_: 1 / 0, "trained by other code: ZeroDivisionError"), (lambda *_: "never", "read texts otherwise")],
)
def test_a_model_whose_texts_are_read_otherwise_since_is_not_taken_for_what_was_trained(
    registry: Registry, claim: Claim, monkeypatch: pytest.MonkeyPatch, answer: object, reason: str
) -> None:
    monkeypatch.setattr("features.model.off_topic_reason", answer)
    with pytest.raises(BundleError, match=reason):
        compare_runs(registry, "champion", "champion", claim)


def test_a_better_model_shows_as_better(registry: Registry, training: Training, claim: Claim) -> None:
    found = compare_runs(registry, child(registry, training, "majority"), training.version, claim)
    assert found.difference.low > 0
    assert found.only_second > found.only_first
    assert found.mcnemar < 0.05
    assert found.second["model_bytes"] > 0


def test_runs_versions_champion_and_whole_trainings_name_a_run(registry: Registry, training: Training) -> None:
    winner = registry.resolve_run(training.version)
    assert registry.resolve_run("champion") == winner
    assert registry.resolve_run(training.run_id) == winner
    assert registry.resolve_run(winner) == winner
    for nobody in ("99", "0" * 32):
        with pytest.raises(RegistryError, match="no version or run"):
            registry.resolve_run(nobody)


def test_a_candidate_of_the_last_training_is_promoted_by_its_name(
    own_registry: Registry, own: Settings, training: Training, claim: Claim
) -> None:
    version, _ = promote(own_registry, "majority", claim, own.models, "")
    assert read_bundle(own.models).manifest["run_id"] == child(own_registry, training, "majority")
    assert own_registry.resolve_run("majority") == own_registry.resolve_run(version)
    tags = own_registry.client.get_model_version("stance", version).tags
    assert (tags["candidate"], tags["corpus_digest"]) == ("majority", claim.corpus.digest)


def test_since_when_stands_on_the_champion_alone_and_stays_when_it_is_promoted_again(
    own_registry: Registry, own: Settings, training: Training, claim: Claim
) -> None:
    def since(version: str) -> str | None:
        return own_registry.client.get_model_version("stance", version).tags.get(SINCE)

    version, _ = promote(own_registry, "majority", claim, own.models, "")
    first = since(version)
    assert first
    assert since(training.version) is None
    own_registry.client.set_model_version_tag("stance", version, SINCE, "some time ago")
    promote(own_registry, version, claim, own.models, "again")
    assert since(version) == "some time ago"


def test_a_name_that_no_candidate_has_is_answered_by_those_there_are(registry: Registry) -> None:
    with pytest.raises(RegistryError, match="no candidate 'wrods' in the last training of stance; it has cues, maj"):
        registry.resolve_run("wrods")
    with pytest.raises(RegistryError, match="no training of trams yet"):
        Registry(registry.client, "trams").resolve_run("words")
