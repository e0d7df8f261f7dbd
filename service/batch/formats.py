"""Which format a file has."""

from importlib.util import find_spec
from pathlib import Path

from service.batch.chunk import Format
from service.batch.delimited import Delimited
from service.batch.errors import UsageError
from service.batch.jsonl import JsonLines

ENDINGS = {".csv": "csv", ".tsv": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".pq": "parquet"}
NAMES = tuple(dict.fromkeys(ENDINGS.values()))


def choose(name: str | None, input: Path | None, output: Path | None) -> str:  # noqa: A002
    """The format that is named, or else that of the files by their endings.

    Raises:
        UsageError: no format is named and no ending tells it, the endings disagree, or Parquet cannot be streamed.
    """
    files = [file for file in (input, output) if file is not None]
    told = {ENDINGS[file.suffix.lower()] for file in files if file.suffix.lower() in ENDINGS}
    if name is None and len(told) != 1:
        problem = "the endings of input and output disagree" if told else "the format cannot be told from an ending"
        raise UsageError(f"{problem}; --format is one of {', '.join(NAMES)}, for both")
    chosen = name or told.pop()
    if chosen not in NAMES:
        raise UsageError(f"no format {chosen!r}; there are {', '.join(NAMES)}")
    if chosen == "parquet" and len(files) < 2:  # noqa: PLR2004
        raise UsageError("Parquet is read from and written to files, not the standard streams")
    return chosen


def make(name: str, column: str, prefix: str) -> Format:
    """A format by its name.

    Raises:
        UsageError: Parquet is asked for and pyarrow is not installed.
    """
    if name == "jsonl":
        return JsonLines(column, prefix)
    if name == "parquet":
        if find_spec("pyarrow") is None:
            raise UsageError("Parquet needs the extra `batch`: pip install 'stance[batch]'")
        from service.batch.parquet import Parquet  # noqa: PLC0415 - pyarrow is an extra

        return Parquet(column, prefix)
    return Delimited(column, prefix, "\t" if name == "tsv" else ",")
