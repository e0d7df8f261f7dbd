"""Interruptions: nothing half-done is seen, nothing done is done again, and the output is the same."""

from pathlib import Path

import pytest

from service.batch.run import Progress
from tests.service.batch.conftest import Runner


class _StopError(Exception):
    pass


def stop_after(rows: int) -> "object":
    def show(done: Progress) -> None:
        if done.rows >= rows:
            raise _StopError

    return show


def interrupt(score_file: Runner, source: Path, target: Path, rows: int) -> Path:
    """Run until so many rows are done; returns the directory of the parts."""
    with pytest.raises(_StopError):
        score_file(source, target, show=stop_after(rows))
    assert not target.exists()
    return target.with_name(f".{target.name}.parts")


def test_a_resumed_output_is_the_same(tmp_path: Path, lines: Path, score_file: Runner) -> None:
    whole, resumed = tmp_path / "whole.jsonl", tmp_path / "resumed.jsonl"
    score_file(lines, whole)
    parts = interrupt(score_file, lines, resumed, 4)
    done = score_file(lines, resumed)
    assert (done.scored, done.rejected, done.resumed) == (5, 1, 4)
    assert resumed.read_bytes() == whole.read_bytes()
    assert resumed.with_suffix(".rejects").read_bytes() == whole.with_suffix(".rejects").read_bytes()
    assert not parts.exists()


def test_a_part_without_its_line_in_the_journal_is_done_again(tmp_path: Path, lines: Path, score_file: Runner) -> None:
    parts = interrupt(score_file, lines, tmp_path / "out.jsonl", 4)
    journal = parts / "journal.jsonl"
    first, second = journal.read_text("utf-8").splitlines(keepends=True)
    journal.write_text(first + second[:4], "utf-8")
    (parts / "00000001.data").write_bytes(b"torn")
    assert score_file(lines, tmp_path / "out.jsonl").resumed == 2
    assert b"torn" not in (tmp_path / "out.jsonl").read_bytes()


def test_parts_of_another_input_are_not_used(tmp_path: Path, lines: Path, score_file: Runner) -> None:
    interrupt(score_file, lines, tmp_path / "out.jsonl", 4)
    lines.write_text('{"text": "China"}\n', "utf-8")
    done = score_file(lines, tmp_path / "out.jsonl")
    assert (done.rows, done.resumed) == (1, 0)


@pytest.mark.slow
def test_two_processes_give_what_one_gives(tmp_path: Path, lines: Path, score_file: Runner) -> None:
    score_file(lines, tmp_path / "one.jsonl")
    score_file(lines, tmp_path / "two.jsonl", jobs=2, rows=1)
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()
