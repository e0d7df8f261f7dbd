"""What can go wrong in training: each error says what and where, and carries the command's exit status."""

from collections.abc import Sequence
from dataclasses import dataclass

SHOWN = 20


class TrainingError(Exception):
    """Anything that stops a command for a reason its user can mend."""

    status = 1


class CandidateError(TrainingError):
    """``candidates.yaml`` names something that cannot be built."""

    status = 3


class RegistryError(TrainingError):
    """A run, version or alias that is asked for is not there."""

    status = 4


class BundleError(TrainingError):
    """A bundle is not what its manifest says, or its model cannot be loaded here."""

    status = 5


class FeedbackError(TrainingError):
    """The database of feedback and traffic is not there, is of another version, or holds too little."""

    status = 6


class SparkError(TrainingError):
    """A table cannot be scored by Spark: it is not there, or its columns do not fit."""

    status = 3


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file: what, and where. ``line`` counts from 1; 0 is the whole file."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}" if self.line else f"{self.file}: {self.what}"


class CorpusError(TrainingError):
    """Labelled texts that do not keep to the schema; lists the first twenty problems."""

    status = 2

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            lines.append(f"… and {len(self.problems) - SHOWN} more")
        super().__init__("\n".join([f"{len(self.problems)} problem(s) in the corpus:", *lines]))

    def __reduce__(self) -> tuple[type["CorpusError"], tuple[tuple[Problem, ...]]]:
        """Travel between processes with the problems, not with the message made of them."""
        return CorpusError, (self.problems,)


class TargetError(TrainingError):
    """A target file that cannot be trained for."""

    status = 7


class PortError(TrainingError):
    """A port to listen on is in use."""

    status = 8
