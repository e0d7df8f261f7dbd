"""The labelled corpus: read from JSON lines, checked as a whole, and split as its records say."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from pydantic import ValidationError

from features.document import Document, analyse
from features.labels import LABELS
from features.text import normalise
from training.errors import CorpusError, Problem
from training.record import Record, Split
from training.scored import IntArray

LEAST_WORDS = 5  # of a sentence that is learned from without its article


@dataclass(frozen=True)
class Corpus:
    """Labelled texts in the order of their files."""

    records: tuple[Record, ...]

    def __len__(self) -> int:
        return len(self.records)

    @cached_property
    def texts(self) -> list[str]:
        """The texts, as sent."""
        return [record.text for record in self.records]

    @cached_property
    def documents(self) -> list[Document]:
        """The texts, read once for all models that are to answer them."""
        return [analyse(text) for text in self.texts]

    @cached_property
    def labels(self) -> list[str]:
        """The label of each text."""
        return [record.label for record in self.records]

    @cached_property
    def truth(self) -> IntArray:
        """The label of each text as its place in ``LABELS``: shape (texts,)."""
        return np.array([LABELS.index(label) for label in self.labels], dtype=np.int64)

    @cached_property
    def groups(self) -> list[str]:
        """The group of each text; texts of one group are never on both sides of a split."""
        return [record.group for record in self.records]

    @cached_property
    def batches(self) -> list[str]:
        """The batch of each text, or its group where it belongs to none; folds never divide a batch."""
        return [record.batch or record.group for record in self.records]

    @cached_property
    def digest(self) -> str:
        """``sha256:…`` over the records sorted by id: the same texts in other files have the same digest."""
        found = hashlib.sha256()
        for record in sorted(self.records, key=lambda record: record.id):
            found.update(record.model_dump_json(exclude_none=True).encode() + b"\n")
        return f"sha256:{found.hexdigest()}"

    def split(self, name: Split) -> "Corpus":
        """The records of one side of the frozen split."""
        return Corpus(tuple(record for record in self.records if record.split == name))

    def to_learn_from(self) -> "Corpus":
        """The training split, and each labelled sentence of its articles as a text of its own, in its batch."""
        train = self.split("train").records
        return Corpus((*train, *(sentence for record in train for sentence in _sentences(record))))


def _sentences(record: Record) -> Iterator[Record]:
    for number, mark in enumerate(record.sentences, 1):
        text = record.text[mark.start : mark.end]
        if len(text.split()) >= LEAST_WORDS:
            changes = {"id": f"{record.id}-{number}", "text": text, "label": mark.label, "kind": "sentence"}
            yield record.model_copy(update={**changes, "sentences": ()})


@dataclass(frozen=True, slots=True)
class _Placed:
    """A record and where it stands."""

    record: Record
    file: str
    line: int

    def problem(self, what: str) -> Problem:
        return Problem(self.file, self.line, what)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


def read_corpus(directory: Path) -> Corpus:
    """Read and check ``*.jsonl`` of a directory.

    Raises:
        CorpusError: no file, or any line that breaks the schema, repeats an id or a text, or puts its group
            on both sides of the split; each problem names its file and line.
    """
    files = sorted(directory.glob("*.jsonl"))
    if not files:
        raise CorpusError([Problem(str(directory), 0, "holds no *.jsonl file")])
    placed: list[_Placed] = []
    problems: list[Problem] = []
    for file in files:
        for number, line in enumerate(file.read_text("utf-8").split("\n"), 1):
            if not line.strip():
                continue
            try:
                placed.append(_Placed(Record.model_validate(json.loads(line)), file.name, number))
            except json.JSONDecodeError as error:
                problems.append(Problem(file.name, number, f"is not JSON: {error}"))
            except ValidationError as error:
                problems.extend(Problem(file.name, number, what) for what in _reasons(error))
    problems += _clashes(placed)
    problems += _missing(placed, str(directory))
    if problems:
        raise CorpusError(problems)
    return Corpus(tuple(place.record for place in placed))


def _reasons(error: ValidationError) -> list[str]:
    """What pydantic found, one line each: ``field: reason``."""
    reasons = []
    for found in error.errors(include_url=False):
        field = ".".join(str(part) for part in found["loc"])
        reason = found["msg"].removeprefix("Value error, ")
        reasons.append(f"{field}: {reason}" if field else reason)
    return reasons


def _clashes(placed: Sequence[_Placed]) -> list[Problem]:
    """Ids and texts that occur twice, and groups or batches on both sides of the split."""
    problems = []
    ids: dict[str, _Placed] = {}
    texts: dict[str, _Placed] = {}
    sides: dict[tuple[str, str], _Placed] = {}
    for place in placed:
        record = place.record
        first = ids.setdefault(record.id, place)
        if first is not place:
            problems.append(place.problem(f"id {record.id!r} is already at {first}"))
        first = texts.setdefault(" ".join(normalise(record.text).split()), place)
        if first is not place:
            problems.append(place.problem(f"the text is already at {first}"))
        for kind, name in (("group", record.group), ("batch", record.batch)):
            first = sides.setdefault((kind, name), place) if name else place
            if first.record.split != record.split:
                said = f"{kind} {name!r} is in {record.split}, but in {first.record.split} at {first}"
                problems.append(place.problem(said))
    return problems


def _missing(placed: Sequence[_Placed], directory: str) -> list[Problem]:
    """Labels that a side of the split lacks: neither a fit nor a figure would mean anything."""
    found = {(place.record.split, place.record.label) for place in placed}
    return [
        Problem(directory, 0, f"the {split} split has no text labelled {label}")
        for split in ("train", "test")
        for label in LABELS
        if (split, label) not in found
    ]
