"""What each format keeps, adds and puts aside."""

import csv
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from features.table import COLUMNS
from service.batch.errors import InputError
from tests.service.batch.conftest import TEXTS, Runner, rejected

BLANK = "the text is empty or blank"


def test_lines_keep_their_bytes_before_the_new_fields(tmp_path: Path, score_file: Runner) -> None:
    kept = '{"n": 1.50, "text": "China arms Russia\\u00e9", "huge": 123456789012345678901234567890'
    (tmp_path / "in.jsonl").write_text(kept + "}  \n\n", "utf-8")
    score_file(tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    [line] = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert line.startswith(kept + ', "stance": ')
    assert list(json.loads(line))[-len(COLUMNS) :] == list(COLUMNS)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"[1]", "an object is wanted, not list"),
        (b"{", "no JSON in UTF-8"),
        (b'{"text": "\xff"}', "no JSON in UTF-8"),
        (b'{"words": "x"}', "no field 'text'"),
        (b'{"text": null}', "the text is missing"),
        (b'{"text": 3}', "a text is wanted, not int"),
        (b'{"text": "\\ud800 China"}', "the text holds bytes that are not UTF-8"),
        (b'{"text": "x", "stance": "deny"}', "has a field 'stance' already"),
        (json.dumps({"text": "x" * 100_001}).encode(), "the text has 100001 characters, the limit is 100000"),
    ],
)
def test_a_bad_line_is_put_aside_with_its_reason(tmp_path: Path, score_file: Runner, line: bytes, reason: str) -> None:
    (tmp_path / "in.jsonl").write_bytes(b'{"text": "China arms Russia"}\n' + line + b"\n")
    done = score_file(tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    [(row, said)] = rejected(tmp_path / "out.jsonl")
    assert (done.scored, done.rejected, row) == (1, 1, 2)
    assert said.startswith(reason)


def test_csv_keeps_quotes_line_breaks_and_foreign_bytes(tmp_path: Path, score_file: Runner) -> None:
    rows = b'\xef\xbb\xbfid,text,note\n1,"Russia, ""armed""\nby China",caf\xe9\n2,x\n3,\xff China,\n'
    (tmp_path / "in.csv").write_bytes(rows)
    score_file(tmp_path / "in.csv", tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="latin-1", newline="") as file:
        header, only = list(csv.reader(file))
    assert header == ["id", "text", "note", *COLUMNS]
    assert only[:3] == ["1", 'Russia, "armed"\nby China', "café"]
    reasons = {2: "2 fields, where the header has 3", 3: "the text holds bytes that are not UTF-8, or a lone surrogate"}
    assert dict(rejected(tmp_path / "out.csv")) == reasons


def test_parquet_keeps_columns_and_types(tmp_path: Path, score_file: Runner) -> None:
    table = pa.table({"when": pa.array(range(6), pa.timestamp("us")), "text": [None, *TEXTS[1:]], "n": [[1]] * 6})
    pq.write_table(table, tmp_path / "in.parquet", row_group_size=3)
    score_file(tmp_path / "in.parquet", tmp_path / "out.parquet", prefix="our_")
    found = pq.read_table(tmp_path / "out.parquet")
    assert found.schema.names == [*table.schema.names, *(f"our_{name}" for name in COLUMNS)]
    assert found.select(table.schema.names).equals(table.take([1, 2, 4, 5]))
    assert found.column("our_deny").type == pa.float64()
    assert rejected(tmp_path / "out.parquet") == [(1, "the text is missing"), (4, BLANK)]


def test_formats_agree(tmp_path: Path, lines: Path, score_file: Runner) -> None:
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["text"], *([text] for text in TEXTS)])
    pq.write_table(pa.table({"text": TEXTS}), tmp_path / "in.parquet")
    score_file(lines, tmp_path / "out.jsonl")
    score_file(tmp_path / "in.csv", tmp_path / "out.csv")
    score_file(tmp_path / "in.parquet", tmp_path / "out.parquet")
    told = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert pq.read_table(tmp_path / "out.parquet").to_pylist() == told
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert [float(row["deny"]) for row in csv.DictReader(file)] == [row["deny"] for row in told]
    assert len(told) == len(TEXTS) - 1


@pytest.mark.parametrize("content", ["", "words\nx\n", "text,stance\nx,deny\n"])
def test_an_input_without_the_right_columns_is_refused(tmp_path: Path, score_file: Runner, content: str) -> None:
    (tmp_path / "in.csv").write_text(content, "utf-8")
    with pytest.raises(InputError):
        score_file(tmp_path / "in.csv", tmp_path / "out.csv")


@pytest.mark.parametrize("content", ["text\n", "text\n\n"])
def test_no_rows_are_a_header(tmp_path: Path, score_file: Runner, content: str) -> None:
    (tmp_path / "in.csv").write_text(content, "utf-8")
    assert score_file(tmp_path / "in.csv", tmp_path / "out.csv").rows == 0
    assert (tmp_path / "out.csv").read_text("utf-8") == ",".join(["text", *COLUMNS]) + "\n"
