"""The project's own corpus keeps to every limit, and ``corpus-check`` says so."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from features.labels import LABELS
from tests.training.conftest import invented, write_rows
from training import cli
from training.checks.limits import Limits
from training.checks.whole import Checked, Places, check_corpus
from training.corpus import read_corpus
from training.errors import TrainingError

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
OUTSIDE = ROOT.parent / "shared" / "realworld" / "dev.jsonl"


@pytest.fixture(scope="module")
def checked() -> Checked:
    places = Places(SEEDS, ROOT / "tests" / "behaviour", OUTSIDE)
    return check_corpus(read_corpus(SEEDS / "corpus"), places, Limits())


def test_the_corpus_keeps_to_every_limit(checked: Checked) -> None:
    assert [f"{finding.check}: {finding.said}" for finding in checked.failed] == []


def test_only_what_is_kept_outside_may_be_skipped(checked: Checked) -> None:
    skipped = {finding.check for finding in checked.findings if finding.state == "skipped"}
    assert skipped == (set() if OUTSIDE.exists() else {"kept outside"})


def test_the_summary_counts_every_text_once(checked: Checked) -> None:
    summary = json.loads(checked.as_json())
    assert list(summary) == ["texts", "articles", *LABELS, "kappa", "surface_macro_f1"]
    assert sum(summary[label] for label in LABELS) == summary["texts"]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli.app, ["corpus-check", *(str(argument) for argument in arguments)])


def test_a_failed_check_is_named_with_its_limit_after_the_summary(tmp_path: Path) -> None:
    done = run("--corpus", write_rows(tmp_path / "corpus", invented()), "--outside", tmp_path / "none.jsonl")
    assert isinstance(done.exception, TrainingError)
    assert done.exception.status == 1
    assert "size: 144 texts beside the start; at least 6000 are needed" in str(done.exception)
    assert json.loads(done.stdout.splitlines()[-1])["texts"] == 144
    assert "skipped kept outside" in done.stdout


def test_freezing_keeps_the_digest_beside_the_corpus(tmp_path: Path) -> None:
    corpus = write_rows(tmp_path / "corpus", invented())
    assert "ok      frozen split: 36 texts" in run("--corpus", corpus, "--freeze").stdout
    write_rows(corpus, [row for row in invented() if row["id"] != "t0"])
    assert "failed  frozen split: 35 texts" in run("--corpus", corpus).stdout
