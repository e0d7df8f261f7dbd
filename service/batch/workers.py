"""Chunks over several processes. Parts come back in the order of the chunks, few are ever under way."""

import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process

from service.batch.chunk import Chunk, Part
from service.batch.errors import BatchError
from service.batch.scorer import Scorer

AHEAD = 2  # chunks waiting for each worker

_scorers: list[Scorer] = []  # of a worker process: the one that it was started with


def score_in_order(scorer: Scorer, chunks: Iterable[Chunk], jobs: int) -> Iterator[Part]:
    """Score chunks in ``jobs`` processes, or in this one if that is 1.

    Raises:
        BatchError: a worker process died.
        BundleRefusedError: the model cannot be loaded.
    """
    if jobs == 1:
        yield from map(scorer, chunks)
        return
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _start, (scorer,))
    try:
        yield from _through(pool, chunks, jobs * AHEAD)
    except BrokenProcessPool as error:
        raise BatchError("a worker process died, of too little memory perhaps: try fewer --jobs") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _through(pool: ProcessPoolExecutor, chunks: Iterable[Chunk], ahead: int) -> Iterator[Part]:
    waiting: deque[Future[Part]] = deque()
    for chunk in chunks:
        waiting.append(pool.submit(_score, chunk))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _start(scorer: Scorer) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told too, and ends its workers in order
    _scorers.append(scorer)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _score(chunk: Chunk) -> Part:
    return _scorers[0](chunk)


def _end_with_parent() -> None:
    """A killed parent cannot end its workers, who would wait for chunks for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
