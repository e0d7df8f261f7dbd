"""What can go wrong in scoring a file; every error carries the exit code of the command."""

from typing import ClassVar


class BatchError(Exception):
    """Scoring stopped halfway; what was finished is kept, and the same command goes on from there."""

    status: ClassVar[int] = 1


class UsageError(BatchError):
    """What is asked for does not fit together."""

    status = 2


class InputError(BatchError):
    """The input cannot be read, or does not hold what is looked for."""

    status = 3


class Interrupted(BatchError):  # noqa: N818 - it is no error of anything
    """Someone stopped it."""

    status = 130

    def __init__(self) -> None:
        super().__init__("interrupted; finished parts are kept, the same command goes on from there")
