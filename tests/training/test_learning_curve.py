"""The learning curve: what is drawn, what is fitted, and what is written."""

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from tests.training.conftest import PLAN, invented, write_rows
from training import cli
from training.candidates import Plan
from training.corpus import read_corpus
from training.errors import CorpusError, TrainingError
from training.learning_curve import Point, Summary, Texts, learning_curve, read_sizes, subsample, summarise
from training.learning_page import Made, page, write_page

MADE = Made("dev.jsonl", 12, "sha256:00", 2, 3, ["learning-curve", "--data", "my dev.jsonl"])


def point(size: float, seed: int, macro_f1: float) -> Point:
    return Point("words", size, seed, int(100 * size), macro_f1, 0.5, 0.9)


SUMMARIES = summarise([point(0.5, 0, 0.4), point(0.5, 1, 0.6), point(1.0, 0, 0.7), point(1.0, 1, 0.7)])


def test_the_same_share_of_every_batch_is_drawn() -> None:
    batches = ["a"] * 40 + ["b"] * 10 + ["c"]
    rows = subsample(batches, 0.25, 0)
    assert [batches[row] for row in rows] == ["a"] * 10 + ["b"] * 3 + ["c"]
    assert len(set(rows)) == len(rows)


def test_a_smaller_share_is_part_of_a_larger_one_and_seeds_differ() -> None:
    batches = ["a", "b"] * 50
    small, large = subsample(batches, 0.1, 3), subsample(batches, 0.5, 3)
    assert set(small) < set(large)
    assert not np.array_equal(small, subsample(batches, 0.1, 4))
    assert np.array_equal(subsample(batches, 1.0, 3), np.arange(100))


def test_the_seeds_of_a_size_are_put_together() -> None:
    assert [
        Summary("words", 0.5, 50, 0.5, 0.4, 0.6, 0.5, 0.9),
        Summary("words", 1.0, 100, 0.7, 0.7, 0.7, 0.5, 0.9),
    ] == SUMMARIES


def test_sizes_are_read_in_order_and_checked() -> None:
    assert read_sizes("1, 0.1,0.5,0.5") == [0.1, 0.5, 1.0]
    for wrong in ("0,1", "2", "half", ""):
        with pytest.raises(TrainingError, match="sizes"):
            read_sizes(wrong)


def test_every_candidate_size_and_seed_is_fitted_once_in_order(plan: Plan, tmp_path: Path) -> None:
    corpus = read_corpus(write_rows(tmp_path, invented()))
    candidates = [plan.candidate("words"), plan.candidate("majority")]
    done: list[str] = []
    points = learning_curve(
        plan, candidates, Texts.of(corpus.split("train")), Texts.of(corpus.split("test")),
        sizes=(0.5, 1.0), seeds=2, jobs=1, on_done=done.append,
    )  # fmt: skip
    keys = [(found.family, found.size, found.seed) for found in points]
    assert keys == [(name, size, seed) for name in ("words", "majority") for size in (0.5, 1.0) for seed in (0, 1)]
    assert len(done) == len(points) == 8
    whole = [found for found in points if found.size == 1.0]
    assert {found.texts for found in whole} == {108}
    assert min(found.macro_f1 for found in whole[:2]) > 0.6 > max(found.macro_f1 for found in whole[2:])


def test_fewer_batches_than_folds_are_refused(plan: Plan) -> None:
    few = Texts(("a", "b"), ("deny", "support"), ("one", "one"))
    with pytest.raises(CorpusError, match="1 batches cannot make 3 folds"):
        learning_curve(plan, [plan.candidate("words")], few, few)


def test_the_page_shows_figures_and_how_they_were_made() -> None:
    said = page(SUMMARIES, MADE)
    assert "| words | 50% | 50 | 0.500 | 0.400 to 0.600 | 0.500 | 0.900 |" in said
    assert "python -m training learning-curve --data 'my dev.jsonl'" in said


def test_a_reading_of_the_curve_survives_the_next_run(tmp_path: Path) -> None:
    write_page(tmp_path, SUMMARIES, MADE)
    file = tmp_path / "learning-curve.md"
    file.write_text(file.read_text("utf-8") + "\n## Reading\n\nMore denials.\n", "utf-8")
    write_page(tmp_path, SUMMARIES[1:], MADE)
    said = file.read_text("utf-8")
    assert said.endswith("\n## Reading\n\nMore denials.\n")
    assert "50%" not in said
    assert (tmp_path / "images" / "learning-curve.png").read_bytes().startswith(b"\x89PNG")
    assert not list(tmp_path.rglob("*.tmp"))


def test_the_command_prints_and_writes_only_if_asked(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(json.dumps(PLAN), "utf-8")
    corpus = write_rows(tmp_path / "corpus", invented())
    asked = ["learning-curve", "--families", "words", "--sizes", "1", "--seeds", "1", "--jobs", "1"]
    asked += ["--corpus", str(corpus), "--plan", str(tmp_path / "plan.yaml"), "--data", str(corpus / "texts.jsonl")]
    done = CliRunner().invoke(cli.app, asked, catch_exceptions=False)
    assert done.exit_code == 0
    assert "Macro-F1 on 144 texts (texts.jsonl)" in done.stdout
    assert not list(tmp_path.rglob("learning-curve.md"))
    CliRunner().invoke(cli.app, [*asked, "--out", str(tmp_path / "docs")], catch_exceptions=False)
    assert (tmp_path / "docs" / "learning-curve.md").is_file()
