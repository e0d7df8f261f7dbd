"""Figures on any labelled texts, by a model that needs no training."""

import json
from pathlib import Path
from typing import Any

import pytest
from sklearn.dummy import DummyClassifier
from sklearn.pipeline import Pipeline

from features.model import block_pipeline, make_model
from tests.training.conftest import invented
from training.errors import CorpusError
from training.evaluate import evaluate, read_items

JSON_NAMES = [
    "macro_f1", "macro_f1_low", "macro_f1_high", "support_f1", "deny_f1", "neutral_f1",
    "ece", "accuracy", "log_loss", "texts",
]  # fmt: skip


@pytest.fixture(scope="module")
def model() -> Pipeline:
    """Answers `deny` to every text that is on topic."""
    rows = [row for row in invented() if row["label"] == "deny" or row["group"] in {"g1", "g2", "g3"}]
    base = block_pipeline(["cues"], DummyClassifier())
    texts, labels = [row["text"] for row in rows], [row["label"] for row in rows]
    return make_model(base, calibration_folds=2).fit(texts, labels, stance__groups=[row["group"] for row in rows])


def write(directory: Path, *lines: object) -> Path:
    file = directory / "data.jsonl"
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return file


def test_the_last_line_holds_the_figures_by_name(model: Pipeline) -> None:
    found = evaluate(model, invented())
    said = json.loads(found.as_json())
    assert list(said) == JSON_NAMES
    assert said["texts"] == 144
    assert said["accuracy"] == pytest.approx(1 / 3, abs=1e-6)
    assert said["deny_f1"] == pytest.approx(0.5, abs=1e-6)
    assert said["macro_f1"] == pytest.approx(0.5 / 3, abs=1e-6)


def test_slices_are_shown_for_fields_that_are_there(model: Pipeline) -> None:
    rows = [{"text": row["text"], "label": row["label"], "source": row["kind"]} for row in invented()]
    assert {row["field"] for row in evaluate(model, rows).slices} == {"source", "length"}


def test_worst_errors_come_first_and_only_as_many_as_asked(model: Pipeline) -> None:
    errors = evaluate(model, invented(), errors=5).errors
    assert len(errors) == 5
    assert all(row["label"] != row["stance"] == "deny" for row in errors)
    given = [row["probability_of_label"] for row in errors]
    assert given == sorted(given)


def test_halves_go_by_the_last_hexadecimal_digit(model: Pipeline) -> None:
    ids = {"10": "deny", "1c": "deny", "13": "support", "1f": "support"}
    rows: list[dict[str, Any]] = [
        {"id": name, "text": f"China and Russia, {name}", "label": label} for name, label in ids.items()
    ]
    halves = evaluate(model, rows, halves=True).halves
    assert halves["A"].estimate == 1.0
    assert halves["B"].estimate == 0.0


def test_halves_without_ids_are_refused(model: Pipeline) -> None:
    with pytest.raises(CorpusError, match="hexadecimal"):
        evaluate(model, [{"text": "China", "label": "deny"}], halves=True)


def test_lines_that_cannot_be_measured_are_named(tmp_path: Path) -> None:
    good = {"text": "China", "label": "deny", "kind": "sent"}
    with pytest.raises(CorpusError) as caught:
        read_items(write(tmp_path, good, "{", {"label": "deny"}, "", {"text": "China", "label": "yes"}, [1]))
    assert [problem.line for problem in caught.value.problems] == [2, 3, 5, 6]
    assert read_items(write(tmp_path, good)) == [good]


@pytest.mark.parametrize("name", ["absent.jsonl", "data.jsonl"])
def test_a_missing_or_empty_file_is_refused(tmp_path: Path, name: str) -> None:
    write(tmp_path, "")
    with pytest.raises(CorpusError):
        read_items(tmp_path / name)
