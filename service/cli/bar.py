"""The progress of a job: how much is done, how fast, and how long it will take."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from service.batch.run import Progress


@contextmanager
def showing(console: Console, size: int | None) -> Iterator[Callable[[Progress], None]]:
    """A bar on a terminal, nothing elsewhere; without a size, only what is done and how fast."""
    known = (BarColumn(), TaskProgressColumn(), TimeRemainingColumn()) if size else ()
    columns = (TextColumn("{task.fields[rows]:,} rows"), TextColumn("{task.fields[rate]:,.0f}/s"), *known)
    began = time.perf_counter()
    with Bars(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task("", total=size, rows=0, rate=0.0)

        def show(done: Progress) -> None:
            rate = (done.rows - done.resumed) / (time.perf_counter() - began)
            bars.update(task, completed=done.reached, rows=done.rows, rate=rate)

        yield show
