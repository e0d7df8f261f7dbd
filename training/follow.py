"""Follows the alias ``champion``: whenever it moves, its bundle is exported and services are pointed to it."""

from collections.abc import Callable, Iterator
from pathlib import Path

from mlflow.exceptions import MlflowException

from training.bundle import locate, point_to, read_manifest
from training.errors import TrainingError
from training.export import export
from training.registry import Registry


def follow(registry: Registry, models: Path, wait: Callable[[], bool]) -> Iterator[str]:
    """Yield what was done at each move of the alias, until ``wait`` says False.

    The alias is asked after once before each wait. A version is exported once: if services were meanwhile rolled
    back by hand they stay so until the alias moves again. What fails is said and tried again next time.

    Args:
        registry: whose champion is followed.
        models: directory of the bundles and the pointer.
        wait: waits a while; False to stop.
    """
    followed = _pointed_at(models)
    said = ""
    while True:
        try:
            held = registry.champion()
            if held is not None and held != followed:
                _put_to_use(registry, models, held)
                followed, said = held, ""
                yield f"version {held} is champion; services are pointed to its bundle"
        except (TrainingError, MlflowException, OSError) as error:
            if (trouble := f"cannot follow the champion, will try again: {error}") != said:
                said = trouble
                yield trouble
        if not wait():
            return


def _put_to_use(registry: Registry, models: Path, version: str) -> None:
    """Point to the bundle of a version; export it first unless it is there and whole."""
    directory = models / "bundles" / version
    try:
        read_manifest(directory)
    except (TrainingError, OSError):
        export(registry, version, models)
    point_to(models, version)


def _pointed_at(models: Path) -> str | None:
    try:
        return locate(models).name
    except (TrainingError, OSError):
        return None
