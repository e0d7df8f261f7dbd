"""Parquet. Parts are Arrow streams; joined, they are row groups of a size that readers like."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from features.answer import Answer
from features.labels import LABELS
from features.table import COLUMNS, Fault, as_row, check
from service.batch.chunk import Cell, Chunk
from service.batch.errors import InputError

GROUP_ROWS = 65_536
GROUP_BYTES = 64 * 1024**2
TYPES = {"stance": pa.string(), **dict.fromkeys(LABELS, pa.float64()), "on_topic": pa.bool_(), "reason": pa.string()}


@dataclass(frozen=True, slots=True)
class Parquet:
    """One file, read row group by row group."""

    column: str
    prefix: str

    def size(self, path: Path) -> int:
        """Length in rows."""
        return int(_open(path).metadata.num_rows)

    def chunks(self, source: BinaryIO, rows: int) -> Iterator[Chunk]:
        """Read record batches."""
        file = _open(source)
        schema = file.schema_arrow
        self._check(schema)
        batches = file.iter_batches(rows, use_threads=False)
        batch = next(batches, None) or pa.RecordBatch.from_pylist([], schema=schema)
        number, reached = 0, 0
        while batch is not None:
            numbers = range(reached + 1, reached + 1 + batch.num_rows)
            reached += batch.num_rows
            yield Chunk(number, numbers, batch, reached)
            batch, number = next(batches, None), number + 1

    def cells(self, chunk: Chunk) -> list[Cell]:
        """The text of each row."""
        column = chunk.rows.column(self.column)
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        return [_cell(value) for value in column.cast(pa.large_binary()).to_pylist()]

    def encode(self, chunk: Chunk, kept: Sequence[int], answers: Sequence[Answer]) -> bytes:
        """The kept rows with their new columns, as an Arrow stream."""
        batch = chunk.rows
        if len(kept) < batch.num_rows:
            batch = batch.take(pa.array(kept, pa.int64()))
        rows = [as_row(answer) for answer in answers]
        for name in COLUMNS:
            batch = batch.append_column(self.prefix + name, pa.array([row[name] for row in rows], TYPES[name]))
        stream = io.BytesIO()
        with pa.ipc.new_stream(stream, batch.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
            writer.write_batch(batch)
        return stream.getvalue()

    def aside(self, chunk: Chunk, place: int) -> dict[str, str]:
        """The other columns that have a value, as text."""
        row = chunk.rows.drop_columns([self.column]).slice(place, 1).to_pylist()[0]
        return {name: str(value) for name, value in row.items() if value is not None}

    def join(self, parts: Iterator[Path], output: BinaryIO) -> None:
        """Collect parts into row groups; no more than one group is in memory."""
        writer: pq.ParquetWriter | None = None
        group: list[pa.Table] = []
        for part in parts:
            group.append(pa.ipc.open_stream(pa.BufferReader(part.read_bytes())).read_all())
            writer = writer or pq.ParquetWriter(output, group[0].schema)
            if _rows(group) >= GROUP_ROWS or sum(table.nbytes for table in group) >= GROUP_BYTES:
                writer.write_table(pa.concat_tables(group))
                group = []
        if writer is not None:
            if group:
                writer.write_table(pa.concat_tables(group))
            writer.close()

    def read(self, path: Path, names: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Read some columns, row by row."""
        file = _open(path)
        there = [name for name in names if name in file.schema_arrow.names]
        for batch in file.iter_batches(columns=there, use_threads=False):
            yield from batch.to_pylist()

    def _check(self, schema: pa.Schema) -> None:
        if self.column not in schema.names:
            raise InputError(f"no column {self.column!r}; there are {', '.join(schema.names)} (see --text-column)")
        kind = schema.field(self.column).type
        kind = kind.value_type if pa.types.is_dictionary(kind) else kind
        if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
            raise InputError(f"column {self.column!r} holds {kind}, not strings")
        if taken := [self.prefix + name for name in COLUMNS if self.prefix + name in schema.names]:
            raise InputError(f"there is a column {taken[0]!r} already; name the new ones otherwise with --prefix")


def _open(source: Path | BinaryIO) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(source, pre_buffer=False)
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"no Parquet: {error}") from error


def _cell(value: bytes | None) -> Cell:
    try:
        return check(value if value is None else value.decode())
    except UnicodeDecodeError:
        return Fault("the text holds bytes that are not UTF-8")


def _rows(tables: Sequence[pa.Table]) -> int:
    return sum(table.num_rows for table in tables)
