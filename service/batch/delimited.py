"""CSV and TSV with a header, in UTF-8; quoted fields may hold line breaks."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from features.answer import Answer
from features.table import COLUMNS, Fault, as_row, check
from service.batch.chunk import Cell, Chunk
from service.batch.errors import InputError
from service.batch.jsonl import concatenate

LONGEST_FIELD = 16 * 1024**2
BOM = "\ufeff"

Record = list[str] | Fault


@dataclass(frozen=True, slots=True)
class Delimited:
    """Records of fields; bytes that are no UTF-8 are carried through outside the text, and reject it within."""

    column: str
    prefix: str
    delimiter: str

    def size(self, path: Path) -> int:
        """Length in bytes."""
        return path.stat().st_size

    def chunks(self, source: BinaryIO, rows: int) -> Iterator[Chunk]:
        """Read the header, then chunks of records; the header goes along with each."""
        lines = _Lines(source)
        csv.field_size_limit(LONGEST_FIELD)
        records = _records(csv.reader(lines, delimiter=self.delimiter))
        header = next(records, None)
        if not isinstance(header, list):
            raise InputError("the input has no header line")
        self._check(header)
        numbered = enumerate(records, 1)
        batch, number = list(islice(numbered, rows)), 0
        while batch or number == 0:
            yield Chunk(number, [place for place, _ in batch], (header, [row for _, row in batch]), lines.read)
            batch, number = list(islice(numbered, rows)), number + 1

    def cells(self, chunk: Chunk) -> list[Cell]:
        """The text of each record."""
        header, records = chunk.rows
        place = header.index(self.column)
        return [_cell(record, len(header), place) for record in records]

    def encode(self, chunk: Chunk, kept: Sequence[int], answers: Sequence[Answer]) -> bytes:
        """The kept records with their new fields; before the first ones, the header with the new names."""
        header, records = chunk.rows
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=self.delimiter, lineterminator="\n")
        if chunk.number == 0:
            writer.writerow([*header, *(self.prefix + name for name in COLUMNS)])
        for place, answer in zip(kept, answers, strict=True):
            writer.writerow([*records[place], *map(_field, as_row(answer).values())])
        return text.getvalue().encode(errors="surrogateescape")

    def aside(self, chunk: Chunk, place: int) -> list[str] | None:
        """The fields; none where the record could not be read at all."""
        record = chunk.rows[1][place]
        return None if isinstance(record, Fault) else [_shown(field) for field in record]

    def join(self, parts: Iterator[Path], output: BinaryIO) -> None:
        """One after the other."""
        concatenate(parts, output)

    def read(self, path: Path, names: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Read some fields of each record, as strings."""
        csv.field_size_limit(LONGEST_FIELD)
        with path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
            for row in csv.DictReader(file, delimiter=self.delimiter):
                yield {name: _shown(row[name]) for name in names if name in row}

    def _check(self, header: list[str]) -> None:
        if self.column not in header:
            raise InputError(f"no column {self.column!r}; there are {', '.join(header)} (choose with --text-column)")
        if taken := [self.prefix + name for name in COLUMNS if self.prefix + name in header]:
            raise InputError(f"there is a column {taken[0]!r} already; name the new ones otherwise with --prefix")


class _Lines:
    """Decoded lines of a file, and how many bytes of it are read."""

    def __init__(self, source: BinaryIO) -> None:
        self.read = 0
        self._source = source

    def __iter__(self) -> Iterator[str]:
        for line in self._source:
            text = line.decode(errors="surrogateescape")
            yield text if self.read else text.removeprefix(BOM)
            self.read += len(line)


def _records(reader: Iterator[list[str]]) -> Iterator[Record]:
    """The records that are not blank; one that cannot be read is a fault, and the next is read."""
    while True:
        try:
            record = next(reader, None)
        except csv.Error as error:
            yield Fault(f"no CSV: {error}")
            continue
        if record is None:
            return
        if record:
            yield record


def _cell(record: Record, width: int, place: int) -> Cell:
    if isinstance(record, Fault):
        return record
    if len(record) != width:
        return Fault(f"{len(record)} fields, where the header has {width}")
    return check(record[place])


def _field(value: object) -> str:
    """Numbers so that they read back the same; true and false as in JSON; nothing as an empty field."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _shown(field: str) -> str:
    return field.encode(errors="surrogateescape").decode(errors="replace")
