"""The unit of work: some rows in, the bytes of their part of the output back. And what a file format has to tell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from features.answer import Answer
from features.table import Fault

Cell = str | Fault


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows of the input.

    Attributes:
        number: place among the chunks, from 0. There is always a chunk 0, if without rows.
        numbers: the number of each row in the input, from 1: lines of JSONL, records of CSV and Parquet.
        rows: the rows as their format holds them.
        reached: how far the input is read behind them, in the format's unit (see ``Format.size``).
    """

    number: int
    numbers: Sequence[int]
    rows: Any
    reached: int


@dataclass(frozen=True, slots=True)
class Part:
    """A scored chunk: its bytes of the output, its lines of the rejects, and how many rows are in each."""

    number: int
    data: bytes
    rejects: bytes
    scored: int
    rejected: int
    reached: int


class Format(Protocol):
    """A file format with the names of the text column and of the new ones. It is sent to worker processes."""

    def size(self, path: Path) -> int:
        """Length of an input in the unit of ``Chunk.reached``: bytes, or rows where they are known."""
        ...

    def chunks(self, source: BinaryIO, rows: int) -> Iterator[Chunk]:
        """Read chunks of so many rows; memory does not grow with the input.

        Raises:
            InputError: it is not of this format, has no such text column, or has one of the new ones already.
        """
        ...

    def cells(self, chunk: Chunk) -> list[Cell]:
        """The text of each row, or why there is none."""
        ...

    def encode(self, chunk: Chunk, kept: Sequence[int], answers: Sequence[Answer]) -> bytes:
        """A part of the output: the kept rows (places in the chunk) with their answers."""
        ...

    def aside(self, chunk: Chunk, place: int) -> Any:
        """A rejected row as it is written aside; anything that JSON can hold."""
        ...

    def join(self, parts: Iterator[Path], output: BinaryIO) -> None:
        """Put the parts together."""
        ...

    def read(self, path: Path, names: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Read some columns of an output, row by row; one that is not there is missing from the rows."""
        ...
