"""One file scored: from what is asked for to a whole output, with what happened on the way."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from service.batch.chunk import Chunk, Format, Part
from service.batch.errors import InputError, UsageError
from service.batch.parts import Parts, replacing
from service.batch.scorer import Scorer
from service.batch.workers import score_in_order
from service.bundle import Bundle

CHUNK_ROWS = 2_048


@dataclass(frozen=True, slots=True)
class Job:
    """What to score: a file, or the standard input where ``input`` is None; ``output`` likewise."""

    input: Path | None
    output: Path | None
    rejects: Path | None
    scorer: Scorer
    jobs: int
    chunk_rows: int = CHUNK_ROWS

    @property
    def format(self) -> Format:
        """The format of input and output."""
        return self.scorer.format


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is. ``resumed`` rows of the ``rows`` were there from a run before; ``reached`` is in ``size``."""

    scored: int = 0
    rejected: int = 0
    resumed: int = 0
    reached: int = 0

    @property
    def rows(self) -> int:
        """Rows dealt with."""
        return self.scored + self.rejected


Show = Callable[[Progress], None]


def run(job: Job, bundle: Bundle, streams: tuple[BinaryIO, BinaryIO], show: Show) -> Progress:
    """Score a job.

    Files are written beside their place and put there when whole. A job from file to file keeps its finished parts
    until then: the same job, started again, goes on behind them, and its output is the same.

    Args:
        job: what to score.
        bundle: the bundle of the scorer, verified.
        streams: standard input and output.
        show: called after each part.

    Raises:
        BatchError: input, output or a worker failed.
        BundleRefusedError: the model cannot be loaded.
        OSError: a file cannot be written.
    """
    _check_places(job)
    with ExitStack() as stack:
        source = streams[0] if job.input is None else stack.enter_context(_open(job.input))
        chunks = job.format.chunks(source, job.chunk_rows)
        if job.input is not None and job.output is not None:
            parts = Parts(job.output, job.rejects, _identity(job, job.input, bundle))
            done = _resumably(job, chunks, parts, show)
            parts.finish(job.format)
            return done
        output = streams[1] if job.output is None else stack.enter_context(replacing(job.output))
        rejects = None if job.rejects is None else stack.enter_context(replacing(job.rejects))
        return _straight(score_in_order(job.scorer, chunks, job.jobs), output, rejects, show)


def _resumably(job: Job, chunks: Iterator[Chunk], parts: Parts, show: Show) -> Progress:
    scored, rejected = (sum(counts) for counts in zip((0, 0), *parts.done.values(), strict=True))
    progress = Progress(scored, rejected, scored + rejected)
    missing = (chunk for chunk in chunks if chunk.number not in parts.done)
    for part in score_in_order(job.scorer, missing, job.jobs):
        parts.add(part)
        progress = _further(progress, part)
        show(progress)
    return progress


def _straight(parts: Iterator[Part], output: BinaryIO, rejects: BinaryIO | None, show: Show) -> Progress:
    progress = Progress()
    for part in parts:
        output.write(part.data)
        output.flush()
        if rejects is not None:
            rejects.write(part.rejects)
        progress = _further(progress, part)
        show(progress)
    return progress


def _further(progress: Progress, part: Part) -> Progress:
    return replace(
        progress,
        scored=progress.scored + part.scored,
        rejected=progress.rejected + part.rejected,
        reached=part.reached,
    )


def _check_places(job: Job) -> None:
    places = [place.absolute() for place in (job.input, job.output, job.rejects) if place is not None]
    if len(set(places)) < len(places):
        raise UsageError("input, output and rejects must be different files")
    for place in (job.output, job.rejects):
        if place is not None and not place.absolute().parent.is_dir():
            raise UsageError(f"there is no directory {place.parent}")


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error


def _identity(job: Job, path: Path, bundle: Bundle) -> dict[str, object]:
    """What a part depends on: the input as it is now, the model, the names of columns, the rows of a chunk."""
    stat = path.stat()
    return {
        "input": os.fspath(path.absolute()),
        "bytes": stat.st_size,
        "changed": stat.st_mtime_ns,
        "model": bundle.manifest.files[bundle.manifest.model_file].sha256,
        "format": repr(job.format),
        "rows": job.chunk_rows,
    }
