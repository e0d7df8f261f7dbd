"""Jobs over small files with the tiny model."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.batch.formats import choose, make
from service.batch.run import Job, Progress, Show, run
from service.batch.scorer import Scorer
from service.bundle import verify

TEXTS = (
    "China denied sending weapons to Russia.",
    "Beijing sends Moscow chips for its missiles,\nleaked records show.",
    'Xi and Putin meet in "Moscow", again.',
    "  ",
    "Chinese banks help Russia dodge sanctions with yuan payments.",
    "Le chat est sur la table et il dort.",
)

Runner = Callable[..., Progress]


def ignore(_: Progress) -> None:
    """Show nothing."""


@pytest.fixture
def score_file(pristine: Path) -> Runner:
    """Runs a job from file to file; two rows make a chunk."""

    def go(
        source: Path, target: Path, *, show: Show = ignore, jobs: int = 1, prefix: str = "", rows: int = 2
    ) -> Progress:
        chosen = make(choose(None, source, target), "text", prefix)
        rejects = target.with_suffix(".rejects")
        job = Job(source, target, rejects, Scorer(pristine, False, chosen), jobs, rows)
        return run(job, verify(pristine), (io.BytesIO(), io.BytesIO()), show)

    return go


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """A file of six lines, the fourth of which is blank."""
    file = tmp_path / "texts.jsonl"
    file.write_text("".join(json.dumps({"text": text}) + "\n" for text in TEXTS), "utf-8")
    return file


def rejected(target: Path) -> list[tuple[int, str]]:
    """Numbers and reasons of the rows that a job wrote aside."""
    written = target.with_suffix(".rejects").read_text("utf-8").splitlines()
    found: list[dict[str, Any]] = [json.loads(line) for line in written]
    return [(line["row"], line["reason"]) for line in found]
