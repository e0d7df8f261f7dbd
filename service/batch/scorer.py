"""What a worker does: loads the model once, then turns chunks into parts."""

import json
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import structlog
from threadpoolctl import threadpool_limits

from features.answer import Answer
from features.table import Fault, score_cells
from service.batch.chunk import Chunk, Format, Part
from service.served import ServedModel, take_up


@dataclass(frozen=True)
class Scorer:
    """A bundle and a format. It is small until first used, so that it can be sent to another process."""

    bundle: Path
    allow_joblib: bool
    format: Format

    @cached_property
    def _model(self) -> Any:
        return load(self.bundle, allow_joblib=self.allow_joblib).pipeline

    def __call__(self, chunk: Chunk) -> Part:
        """Score a chunk.

        Raises:
            BundleRefusedError: the model cannot be loaded.
        """
        outcomes = score_cells(self._model, self.format.cells(chunk))
        kept = [place for place, outcome in enumerate(outcomes) if isinstance(outcome, Answer)]
        answers = [outcome for outcome in outcomes if isinstance(outcome, Answer)]
        faults = {place: outcome for place, outcome in enumerate(outcomes) if isinstance(outcome, Fault)}
        data = self.format.encode(chunk, kept, answers)
        rejects = b"".join(self._aside(chunk, place, fault) for place, fault in faults.items())
        return Part(chunk.number, data, rejects, len(kept), len(faults), chunk.reached)

    def _aside(self, chunk: Chunk, place: int, fault: Fault) -> bytes:
        line = {"row": chunk.numbers[place], "reason": fault.reason, "content": self.format.aside(chunk, place)}
        return json.dumps(line).encode() + b"\n"


def load(bundle: Path, *, allow_joblib: bool) -> ServedModel:
    """Take up a bundle for a process with one numeric thread, whose standard output is for answers only.

    Raises:
        BundleRefusedError: anything is not as its manifest says.
    """
    structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))
    threadpool_limits(1)
    return take_up(bundle, allow_joblib=allow_joblib)
