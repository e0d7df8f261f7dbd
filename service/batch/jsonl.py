"""JSON lines. A scored line is the line as it was, byte by byte, with the new fields before its closing brace."""

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from features.answer import Answer
from features.table import COLUMNS, Fault, as_row, check
from service.batch.chunk import Cell, Chunk


@dataclass(frozen=True, slots=True)
class JsonLines:
    """One object a line; blank lines are skipped."""

    column: str
    prefix: str

    def size(self, path: Path) -> int:
        """Length in bytes."""
        return path.stat().st_size

    def chunks(self, source: BinaryIO, rows: int) -> Iterator[Chunk]:
        """Read chunks of lines."""
        reached, last = 0, 0
        for number, lines in enumerate(_batched(source, rows)):
            reached += sum(map(len, lines))
            numbered = [(place, line) for place, line in enumerate(lines, last + 1) if not line.isspace()]
            last += len(lines)
            yield Chunk(number, [place for place, _ in numbered], [line for _, line in numbered], reached)

    def cells(self, chunk: Chunk) -> list[Cell]:
        """The text of each line."""
        return [self._cell(line) for line in chunk.rows]

    def encode(self, chunk: Chunk, kept: Sequence[int], answers: Sequence[Answer]) -> bytes:
        """The kept lines with their new fields."""
        return b"".join(
            chunk.rows[place].rstrip()[:-1] + self._fields(answer) for place, answer in zip(kept, answers, strict=True)
        )

    def aside(self, chunk: Chunk, place: int) -> str:
        """The line."""
        line: bytes = chunk.rows[place]
        return line.decode(errors="replace").rstrip("\r\n")

    def join(self, parts: Iterator[Path], output: BinaryIO) -> None:
        """One after the other."""
        concatenate(parts, output)

    def read(self, path: Path, names: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Read some fields of each line."""
        with path.open("rb") as lines:
            for line in lines:
                row = json.loads(line)
                yield {name: row[name] for name in names if name in row}

    def _cell(self, line: bytes) -> Cell:
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            return Fault(f"no JSON in UTF-8: {error}")
        if not isinstance(row, dict):
            return Fault(f"an object is wanted, not {type(row).__name__}")
        if taken := [self.prefix + name for name in COLUMNS if self.prefix + name in row]:
            return Fault(f"has a field {taken[0]!r} already; --prefix names the new ones otherwise")
        return check(row[self.column]) if self.column in row else Fault(f"no field {self.column!r}")

    def _fields(self, answer: Answer) -> bytes:
        fields = {self.prefix + name: value for name, value in as_row(answer).items()}
        return b", " + json.dumps(fields).encode()[1:] + b"\n"


def concatenate(parts: Iterator[Path], output: BinaryIO) -> None:
    """Copy files to the end of another, one after the other."""
    for part in parts:
        with part.open("rb") as file:
            shutil.copyfileobj(file, output)


def _batched(lines: BinaryIO, size: int) -> Iterator[list[bytes]]:
    """Lists of so many lines; a first one even if there is no line at all."""
    yield list(islice(lines, size))
    while batch := list(islice(lines, size)):
        yield batch
