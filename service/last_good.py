"""The version that this service last took up, noted for a worker that starts when the pointer names a bad bundle."""

from pathlib import Path

import structlog

from service.bundle import PLAIN_NAME
from service.rename import write_by_rename

log = structlog.get_logger()


class LastGood:
    """A note in a file that all workers share; without a file nothing is noted.

    It holds a name, never a model: what it names is verified like any other bundle.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file

    def note(self, version: str) -> None:
        """Write the name of a version's directory, by rename. Where that fails a warning is all there is of it."""
        if self._file is None or self.read() == version:
            return
        try:
            write_by_rename(self._file, version)
        except OSError as error:
            log.warning("the version in use cannot be noted", file=str(self._file), reason=error.strerror)

    def read(self) -> str | None:
        """The name noted last; None if there is none, or none that could be a version's."""
        try:
            version = self._file.read_text(encoding="utf-8").strip() if self._file else ""
        except (OSError, UnicodeDecodeError):
            return None
        return version if PLAIN_NAME.fullmatch(version) else None
