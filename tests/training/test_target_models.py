"""Another target from texts to a service: versions, gate, champion and bundle of its own."""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import mlflow
import pytest
import yaml
from mlflow import MlflowClient
from starlette.testclient import TestClient

from features.answer import score
from service.app import create_app
from service.settings import Settings as ServiceSettings
from tests.training.test_cli import run
from training.bundle import locate, read_bundle
from training.commands.claims import named_settings, tasks
from training.errors import RegistryError, TargetError
from training.logged_model import load_run_model
from training.registry import Registry
from training.settings import Settings

pytestmark = pytest.mark.slow
TRAMS = Path(__file__).parent / "target" / "trams.yaml"
PRAISE = "Teachers say the tram would be quiet and worth every penny."


@dataclass(frozen=True)
class Desk:
    """A store and bundles of their own, with what three trainings for the trams said."""

    store: str
    models: Path
    said: tuple[str, str, str]

    @property
    def registry(self) -> Registry:
        """The versions of the target's model."""
        return Registry(MlflowClient(self.store), "trams")

    @property
    def served(self) -> str:
        """The version that services are pointed to."""
        return locate(self.models / "trams").name

    def __call__(self, *command: object) -> str:
        """Run a command for the trams."""
        return run(*command, "--target", TRAMS, "--models", self.models, "--tracking-uri", self.store)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A first training of the majority, then twice the same one of the default candidate."""
    levels = {name: logging.getLogger(name).level for name in ("mlflow", "alembic")}
    root = tmp_path_factory.mktemp("trams")
    empty = Desk(f"sqlite:///{root}/mlflow.db", root / "models", ("", "", ""))
    first, second, third = (
        empty("train", "--jobs", 1, *more) for more in (("--candidates", "majority"), ("--quick",), ("--quick",))
    )
    yield Desk(empty.store, empty.models, (first, second, third))
    mlflow.set_tracking_uri(None)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def test_each_training_registers_its_best_under_the_targets_name_and_the_gate_decides(desk: Desk) -> None:
    first, second, third = (
        next(line for line in said.splitlines() if line.startswith("trams version")) for said in desk.said
    )
    assert first == "trams version 1 promoted: there was no champion"
    assert second.startswith("trams version 2 promoted: F_avg +")
    assert third.startswith("trams version 3 not promoted: not better; F_avg +0.000")
    assert desk.registry.history() == ["1", "2"]
    assert (
        desk.said[2].splitlines()[-1].partition(": ")[2].startswith(f"make promote RUN=words-and-tags TARGET={TRAMS} ")
    )
    assert [model.name for model in desk.registry.client.search_registered_models()] == ["trams"]


def test_runs_hold_the_target_file_the_codebook_and_the_metrics_intervals(desk: Desk) -> None:
    client = desk.registry.client
    experiment = client.get_experiment_by_name("trams")
    assert experiment.tags["mlflow.experiment.primaryMetric.name"] == "cv_f_avg"
    found = client.search_runs([experiment.experiment_id], "tags.candidate != ''")
    (parent, *_) = [row for row in found if "chosen_run" in row.data.tags]
    assert {"target.json", "codebook.md", "summary.md"} <= {
        file.path for file in client.list_artifacts(parent.info.run_id)
    }
    winner = client.get_run(parent.data.tags["chosen_run"])
    assert winner.data.metrics["cv_f_avg_low"] <= winner.data.metrics["cv_f_avg"] <= 1
    (answer,) = score(load_run_model(client, winner.info.run_id), [PRAISE])
    assert (answer.stance, answer.on_topic) == ("support", True)


def test_the_card_is_about_the_targets_claim_and_labels(desk: Desk) -> None:
    card = (locate(desk.models / "trams") / "card.md").read_text("utf-8")
    assert card.startswith("# Stance toward “the town should build a tram”")
    assert "F_avg **" in card
    assert "`deny` (`against` in the texts' own words)" in card
    assert "China" not in card
    assert "F_avg" in desk.registry.client.get_model_version("trams", "2").description


def test_a_service_answers_with_the_bundle_and_says_for_which_claim(desk: Desk) -> None:
    with TestClient(create_app(ServiceSettings(bundle=desk.models / "trams", feedback_url=""))) as client:
        info = client.get("/v1/model").json()
        answer = client.post("/v1/stance", json={"text": PRAISE, "explain": True}).json()
    assert (info["name"], info["version"], info["claim"]) == ("trams", desk.served, "the town should build a tram")
    assert answer["stance"] == "support"
    assert answer["model"] == {"name": "trams", "version": desk.served}


def test_promoting_rolling_back_comparing_and_exporting_are_about_the_target(desk: Desk) -> None:
    said = desk("promote", 1, "--reason", "to see it happen")
    assert said.startswith("trams version 1 is champion: promoted by hand")
    assert "F_avg B - A -" in said
    assert read_bundle(desk.models / "trams").manifest["candidate"] == "majority"
    assert desk("rollback").startswith("trams version 2 is champion")
    assert desk.served == desk.registry.champion() == "2"
    assert "f_avg, 95 %" in run("compare", "champion", 1, "--target", TRAMS, "--tracking-uri", desk.store)
    assert desk("export", "--version", 3).strip().endswith("trams/bundles/3")
    assert desk.served == "2"


def test_texts_in_the_targets_own_words_are_measured_by_its_metric(desk: Desk) -> None:
    texts = TRAMS.with_suffix(".jsonl")
    said = json.loads(run("evaluate", texts, "--target", TRAMS, "--models", desk.models).splitlines()[-1])
    assert said["texts"] == 54
    assert said["f_avg_low"] <= said["f_avg"] <= said["f_avg_high"]
    assert said["f_avg"] > 0.9


def test_a_run_for_one_claim_cannot_become_a_version_of_another(desk: Desk) -> None:
    run_id = desk.registry.resolve_run("2")
    with pytest.raises(RegistryError, match="was trained for trams, not for stance"):
        Registry(desk.registry.client, "stance").resolve_run(run_id)


def test_one_of_several_classifiers_is_named_by_its_value(tmp_path: Path) -> None:
    file = tmp_path / "towns.yaml"
    file.write_text("{name: towns, claim: a tram in, corpus: x.jsonl, each: place}", "utf-8")
    found = named_settings(Settings(), file, "New York")
    assert (found.model, found.experiment, found.models) == ("towns-New-York",) * 2 + (Path("models/towns-New-York"),)
    for value, reason in ((None, "name one with --each"), ("a/b", "cannot be part of a name")):
        with pytest.raises(TargetError, match=reason):
            named_settings(Settings(), file, value)
    with pytest.raises(TargetError, match="one classifier"):
        named_settings(Settings(), TRAMS, "x")
    with pytest.raises(TargetError, match="of which target"):
        named_settings(Settings(), None, "x")


def test_each_value_has_a_classifier_of_its_own_unless_one_is_named(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in TRAMS.with_suffix(".jsonl").read_text("utf-8").splitlines()]
    lines = [json.dumps(row | {"place": place}) + "\n" for place in ("a", "b") for row in rows]
    (tmp_path / "texts.jsonl").write_text("".join(lines), "utf-8")
    file = tmp_path / "towns.yaml"
    said = yaml.safe_load(TRAMS.read_text("utf-8"))
    paths = {name: str(TRAMS.parent.absolute() / said[name]) for name in ("lexicon", "candidates", "codebook")}
    file.write_text(yaml.safe_dump(said | paths | {"name": "towns", "corpus": "texts.jsonl", "each": "place"}), "utf-8")
    found = tasks(Settings(), file, None, None, None)
    assert [task.settings.model for task in found] == ["towns-a", "towns-b"]
    assert found[1].words == [f"TARGET={file}", "EACH=b"]
    assert [task.claim.text for task in found] == [f"the town should build a tram: {place}" for place in "ab"]
    (only,) = tasks(Settings(), file, "b", None, None)
    assert (only.settings, only.claim.corpus.digest) == (found[1].settings, found[1].claim.corpus.digest)
    with pytest.raises(TargetError, match="no texts for towns-c; there are some for towns-a, towns-b"):
        tasks(Settings(), file, "c", None, None)
