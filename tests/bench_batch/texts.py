"""Many headlines: those of the corpus, each with small variations so that hardly two are the same."""

import json
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

BEFORE = ("", "Update: ", "Exclusive: ", "Analysis: ", "Live: ", "Breaking: ")
AFTER = ("", " - report", ", sources say", " | World", " (video)", " this week", " on Tuesday", " in March")
GROUP_ROWS = 10_000


def headlines(corpus: Path) -> list[str]:
    """The headlines of a corpus."""
    files = sorted(corpus.glob("*.jsonl"))
    rows = (json.loads(line) for file in files for line in file.read_text("utf-8").split("\n") if line.strip())
    return [row["text"] for row in rows if row["kind"] == "headline"]


def varied(found: list[str], rows: int) -> Iterator[str]:
    """So many headlines: all of them in one dress, then all in the next."""
    dressed = (f"{before}{text}{after}" for before, after in product(BEFORE, AFTER) for text in found)
    return islice(dressed, rows)


def write(corpus: Path, rows: int, path: Path) -> list[str]:
    """Write a Parquet file of ids and headlines; returns the headlines."""
    texts = list(varied(headlines(corpus), rows))
    table = pa.table({"id": pa.array(range(len(texts)), pa.int64()), "text": texts})
    pq.write_table(table, path, row_group_size=GROUP_ROWS)
    return texts
