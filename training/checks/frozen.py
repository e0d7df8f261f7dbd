"""Whether the frozen test split is the one that was frozen."""

import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from training.checks.finding import Finding, held, skipped
from training.corpus import Corpus
from training.errors import CorpusError, Problem

CHECK = "frozen split"
FILE = "frozen.json"


class Frozen(BaseModel):
    """The test split as it was frozen: its digest, its size, and the batches it is made of."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    digest: str
    texts: int
    batches: tuple[str, ...]


def freeze(test: Corpus) -> Frozen:
    """Return what a test split is known by."""
    return Frozen(digest=test.digest, texts=len(test), batches=tuple(sorted(set(test.batches))))


def write_frozen(file: Path, frozen: Frozen) -> None:
    """Write a frozen split's data, whole or not at all."""
    draft = file.with_suffix(".tmp")
    draft.write_text(json.dumps(frozen.model_dump(), indent=2) + "\n", "utf-8")
    draft.replace(file)


def check_frozen(test: Corpus, file: Path) -> list[Finding]:
    """Check a test split against the digest kept in a file.

    Raises:
        CorpusError: the file is not what it should be.
    """
    if not file.is_file():
        return [skipped(CHECK, f"no {FILE} beside the corpus, so there is no digest to hold the test split against")]
    try:
        kept = Frozen.model_validate_json(file.read_text("utf-8"))
    except ValidationError as error:
        raise CorpusError([Problem(file.name, 0, f"is no record of a frozen split: {error}")]) from error
    found = freeze(test)
    if found == kept:
        return [held(CHECK, True, f"{kept.texts} texts of {', '.join(kept.batches)}, {kept.digest[:19]}… as frozen")]
    said = f"{found.texts} texts with {found.digest}, but {kept.texts} with {kept.digest} were frozen"
    return [held(CHECK, False, f"{said}; no text of it may change")]
