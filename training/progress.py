"""Progress bars for the stages of a training."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars


class Progress:
    """Shows one bar a stage on a console; where that is no terminal, only how each stage ended."""

    def __init__(self, console: Console) -> None:
        self.console = console

    @contextmanager
    def stage(self, name: str, steps: int) -> Iterator[Callable[[str], None]]:
        """Show a bar of ``steps``; the function given back is called with what has just been done."""
        columns = (
            TextColumn("{task.description:<22}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[last]}"),
        )
        with Bars(*columns, console=self.console) as bars:
            task = bars.add_task(name, total=steps, last="")
            yield lambda done: bars.update(task, advance=1, last=done)
