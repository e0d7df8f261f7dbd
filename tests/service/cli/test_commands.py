"""The commands, as they are typed."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from service.batch.errors import UsageError
from service.cli import app
from service.cli.spark import score_with_spark

DENIAL = "China denied sending weapons to Russia."
Stance = Callable[..., object]


@pytest.fixture
def stance(pristine: Path, monkeypatch: pytest.MonkeyPatch) -> Stance:
    """Runs a command; returns its exit code."""

    def run(*arguments: object) -> object:
        monkeypatch.setenv("STANCE_BUNDLE", str(pristine))
        monkeypatch.setattr(sys, "argv", ["stance", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            app.main()
        return ended.value.code or 0

    return run


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Two headlines with date and source."""
    file = tmp_path / "in.csv"
    file.write_text(f"headline,when,outlet\n{DENIAL},2024-05-01,wire\nXi and Putin meet.,2024-06-01,blog\n", "utf-8")
    return file


def test_predict_answers_as_the_api_does(stance: Stance, capsys: pytest.CaptureFixture[str]) -> None:
    assert stance("predict", "--json", DENIAL) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["stance"] == "deny"
    assert said["model"] == {"name": "stance", "version": "1"}


def test_explain_tells_sentences(stance: Stance, capsys: pytest.CaptureFixture[str]) -> None:
    assert stance("explain", "--json", f"{DENIAL} Kyiv doubts it.") == 0
    assert [one["text"] for one in json.loads(capsys.readouterr().out)["sentences"]] == [DENIAL, "Kyiv doubts it."]


def test_model_tells_its_figures(stance: Stance, capsys: pytest.CaptureFixture[str]) -> None:
    assert stance("model") == 0
    assert "macro_f1" in capsys.readouterr().out


def test_score_from_stream_to_stream(
    stance: Stance, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    lines = json.dumps({"text": DENIAL}).encode() + b"\n{}\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    assert stance("score", "-", "-o", "-", "--format", "jsonl", "--jobs", 1) == 5
    assert json.loads(capfdbinary.readouterr().out)["stance"] == "deny"


def test_score_with_a_report(stance: Stance, table: Path) -> None:
    page = table.with_name("report.html")
    shown = ("--report", page, "--date-column", "when", "--source-column", "outlet")
    assert (
        stance("score", table, "-o", table.with_name("out.csv"), "--text-column", "headline", "--jobs", 1, *shown) == 0
    )
    said = page.read_text("utf-8")
    assert "2024-06-01" in said
    assert "blog" in said


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("score", "absent.csv", "-o", "out.csv"), 3, "cannot be read"),
        (("score", "in.csv", "-o", "out.csv"), 3, "no column 'text'; there are headline, when, outlet"),
        (("score", "in.csv", "-o", "out.jsonl"), 2, "endings of input and output disagree"),
        (("score", "in.csv", "-o", "in.csv"), 2, "must be different files"),
        (("score", "in.csv", "-o", "-", "--report", "r.html"), 2, "--report"),
        (("score", "in.csv", "-o", "out.csv", "--engine", "spark"), 2, "takes Parquet"),
        (("score", "in.csv", "-o", "out.csv", "--bundle", "nowhere"), 4, "no bundle at nowhere"),
        (("predict", " "), 3, "empty or blank"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_a_code(  # noqa: PLR0917
    stance: Stance,
    table: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    code: int,
    message: str,
) -> None:
    monkeypatch.chdir(table.parent)
    assert stance(*arguments, *(("--jobs", 1) if arguments[0] == "score" else ())) == code
    assert message in capsys.readouterr().err
    assert [file.name for file in table.parent.iterdir() if not file.name.startswith(".")] == ["in.csv"]


def test_spark_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.cli.spark.find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"the engine spark needs pyspark: pip install 'stance\[training,spark\]'"):
        score_with_spark("a.parquet", "b.parquet", "text", "", None, None, Path("models"))
