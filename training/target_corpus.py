"""The texts of a target: any JSON lines with text and label, made into a corpus of the project's form."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from features.text import normalise
from training.corpus import Corpus
from training.errors import CorpusError, Problem, TargetError
from training.record import Record
from training.target import Target

KIND = "sentence"
_SPAN = 2**32


def read_claims(target: Target, path: Path | None = None) -> dict[str, Corpus]:
    """Read a target's texts, or those of another path: a corpus for each classifier, by its name.

    Texts need ``text`` and ``label`` only. One without ``group`` makes a group with its exact copies; one
    without ``split`` goes to the test split by the digest of its group, the same way in every training.

    Raises:
        CorpusError: there are no texts, or lines break the schema; each problem names its file and line.
    """
    place = path or target.corpus
    files = sorted(place.glob("*.jsonl")) if place.is_dir() else [place]
    claims: dict[str, list[Record]] = {}
    problems: list[Problem] = []
    for file in files:
        for number, line in _lines(file):
            try:
                row = json.loads(line)
                name = target.model_name(_value(target, row))
                claims.setdefault(name, []).append(_record(target, row, f"{file.stem}-{number}"))
            except ValidationError as error:
                problems += [Problem(file.name, number, found["msg"]) for found in error.errors()]
            except TargetError as error:
                problems.append(Problem(file.name, number, str(error)))
            except (ValueError, TypeError, KeyError) as error:
                problems.append(Problem(file.name, number, f"needs text, label and what the target names: {error!r}"))
    if not claims and not problems:
        problems.append(Problem(str(place), 0, "holds no text"))
    if problems:
        raise CorpusError(problems)
    return {name: Corpus(tuple(records)) for name, records in sorted(claims.items())}


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    if not file.is_file():
        raise CorpusError([Problem(str(file), 0, "is not there")])
    numbered = enumerate(file.read_text("utf-8").split("\n"), 1)
    return ((number, line) for number, line in numbered if line.strip())


def _value(target: Target, row: dict[str, Any]) -> str | None:
    if target.each is None:
        return None
    if row.get(target.each) is None:
        raise KeyError(target.each)
    return str(row[target.each])


def _record(target: Target, row: dict[str, Any], name: str) -> Record:
    known = {field: row[field] for field in Record.model_fields if field in row}
    group = str(row.get("group") or _digest(" ".join(normalise(row["text"]).split())))
    aside = int(_digest(group)[:8], 16) < target.test_share * _SPAN
    usual = {"id": name, "group": group, "kind": KIND, "split": "test" if aside else "train"}
    return Record.model_validate(usual | known | {"label": target.labels.get(row["label"], row["label"])})


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
