"""Finished parts, kept beside the output until it is whole: what an interrupted run leaves, the next takes up.

A part is finished once the journal has its line, which is written after its files. The output appears by rename.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from service.batch.chunk import Format, Part
from service.batch.jsonl import concatenate

JOB = "job.json"
JOURNAL = "journal.jsonl"

Counts = tuple[int, int]


class Parts:
    """The parts of one output.

    Args:
        output: the file that is to be.
        rejects: where the rejected rows go, if anywhere.
        job: what the parts depend on. Parts of another job are dropped.

    Attributes:
        done: rows scored and rejected in each finished part, by its number.
    """

    def __init__(self, output: Path, rejects: Path | None, job: Mapping[str, object]) -> None:
        self._output, self._rejects = output, rejects
        self._place = output.with_name(f".{output.name}.parts")
        if _read(self._place / JOB) != json.dumps(job):
            shutil.rmtree(self._place, ignore_errors=True)
            self._place.mkdir(parents=True)
            _write(self._place / JOB, json.dumps(job).encode())
        self.done: dict[int, Counts] = dict(_journal(_read(self._place / JOURNAL)))

    def add(self, part: Part) -> None:
        """Keep a finished part."""
        _write(self._data(part.number), part.data)
        _write(self._aside(part.number), part.rejects)
        with (self._place / JOURNAL).open("a", encoding="utf-8") as journal:
            journal.write(json.dumps([part.number, part.scored, part.rejected]) + "\n")
        self.done[part.number] = (part.scored, part.rejected)

    def finish(self, format: Format) -> None:  # noqa: A002
        """Put the parts together, and clear up."""
        numbers = sorted(self.done)
        if self._rejects is not None:
            with replacing(self._rejects) as file:
                concatenate(map(self._aside, numbers), file)
        with replacing(self._output) as file:
            format.join(map(self._data, numbers), file)
        shutil.rmtree(self._place)

    def _data(self, number: int) -> Path:
        return self._place / f"{number:08}.data"

    def _aside(self, number: int) -> Path:
        return self._place / f"{number:08}.rejects"


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes a path's place when it is whole, and leaves no trace if it never is."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with fresh.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _journal(text: str) -> Iterator[tuple[int, Counts]]:
    """Lines that were written to their end; the next line after a torn one starts behind it."""
    for line in text.splitlines(keepends=True):
        if line.endswith("]\n"):
            number, scored, rejected = json.loads(line[line.rindex("[") :])
            yield number, (scored, rejected)
