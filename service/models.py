"""The model in use, and its replacement when another bundle appears. A refused bundle changes nothing."""

import errno
import gc
import os
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import structlog

from features.native import is_compiled
from service.bundle import POINTER, BundleRefusedError, directory_of, locate
from service.errors import NotReadyError
from service.last_good import LastGood
from service.metrics import Metrics
from service.schemas import Refusal
from service.served import ServedModel, take_up

Fingerprint = tuple[tuple[str, int, int, int], ...]
PASSING = frozenset({errno.EIO, errno.ESTALE, errno.ENOMEM, errno.EMFILE, errno.ENFILE, errno.EACCES})
log = structlog.get_logger()


class Models:
    """Holds the served model. ``refresh`` may run in a thread: taking up a model is one assignment."""

    def __init__(self, root: Path, metrics: Metrics, last_good: LastGood, *, allow_joblib: bool) -> None:
        self.served: ServedModel | None = None
        self.refusal: Refusal | None = None
        self._root = root
        self._metrics = metrics
        self._last_good = last_good
        self._allow_joblib = allow_joblib
        self._seen: Fingerprint | None = None
        self._one_at_a_time = threading.Lock()

    def require(self) -> ServedModel:
        """The model in use.

        Raises:
            NotReadyError: none has been taken up yet, with the reason if one was refused.
        """
        if self.served is None:
            raise NotReadyError(f"no model is ready: {self.refusal.reason if self.refusal else 'still loading'}")
        return self.served

    def refresh(self, *, again: bool = False) -> None:
        """Take up the bundle on disk if it changed since last seen, or ``again``; on any failure keep the old one.

        Where there is no old one, because this worker has just started, the version that the service last took up
        serves instead.
        """
        with self._one_at_a_time:
            seen = fingerprint(self._root)
            if again or seen != self._seen:
                self._seen = seen
                self._take_up_pointed()
                if self.served is None:
                    self._fall_back()

    def _take_up_pointed(self) -> None:
        try:
            directory = locate(self._root)
            self._take_up(directory)
        except BundleRefusedError as error:
            self._refuse(str(error))
            if isinstance(error.__cause__, OSError) and error.__cause__.errno in PASSING:
                self._seen = None  # the disk may recover without the bundle changing
        except Exception as error:  # noqa: BLE001 - a bundle may break its loader in any way; the old model must go on
            self._refuse(f"{type(error).__name__}: {error}")
        else:
            self.refusal = None
            self._last_good.note(directory.name)

    def _fall_back(self) -> None:
        version = self._last_good.read()
        if version is None or version == _pointed_at(self._root):
            return
        try:
            self._take_up(directory_of(self._root, version))
        except Exception as error:  # noqa: BLE001 - as above; the refusal of the bundle pointed at is told already
            log.error("no way back: the version last taken up is refused too", version=version, reason=str(error))
        else:
            self._metrics.reloads.labels("fallen_back").inc()
            log.error("fallen back to the version last taken up", version=version, refused=_pointed_at(self._root))

    def _take_up(self, directory: Path) -> None:
        started = time.perf_counter()
        served = take_up(directory, allow_joblib=self._allow_joblib)
        self.served = served
        self._metrics.model_taken_up(served.manifest)
        _spare_collector()
        log.info(
            "model ready",
            version=served.manifest.version,
            seconds=round(time.perf_counter() - started, 3),
            compiled=is_compiled(),
        )

    def _refuse(self, reason: str) -> None:
        bundle = _pointed_at(self._root)
        self.refusal = Refusal(bundle=bundle, reason=reason, at=datetime.now(UTC))
        self._metrics.reloads.labels("refused").inc()
        kept = self.served.manifest.version if self.served else None
        log.error("bundle refused", bundle=bundle, reason=reason, kept=kept)


def _spare_collector() -> None:
    """Keep what lives as long as the model out of garbage collections: each would look at all of it for 0.1 s."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def fingerprint(root: Path) -> Fingerprint:
    """What tells one state of the bundle on disk from another: name, time, size and inode of each file."""
    paths = [root, root / POINTER]
    try:
        directory = locate(root)
        paths += [directory, *sorted(directory.iterdir())]
    except (BundleRefusedError, OSError, UnicodeDecodeError):
        pass  # a broken pointer is a state too; taking it up says what is wrong
    return tuple(
        (str(path), stat.st_mtime_ns, stat.st_size, stat.st_ino) for path in paths if (stat := _stat(path)) is not None
    )


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.lstat()
    except OSError:
        return None


def _pointed_at(root: Path) -> str:
    try:
        return locate(root).name
    except (BundleRefusedError, OSError, UnicodeDecodeError):
        return str(root)
