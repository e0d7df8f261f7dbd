"""What the traffic is like, day by day: counts for the database, never a text. `make drift` compares them."""

import itertools
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from features.profile import Count, answer_counts, content_counts
from service.batching import Outcome
from service.errors import FeedbackUnavailableError
from service.feedback.database import Database
from service.feedback.keeping import add_up

READ_EVERY_SECONDS = 1.0
Counts = defaultdict[tuple[str, str], float]


class Traffic:
    """The counts of one worker that are not in the database yet.

    Every answer is counted. Words and tags are those of one text a second at most, so that they cost next to nothing.
    """

    def __init__(self, database: Database | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._counts: defaultdict[tuple[str, str], Counts] = defaultdict(_none_yet)  # by day and version
        self._turn = itertools.count()
        self._read_again_at = 0.0

    def note(self, texts: list[str], outcome: Outcome, vocabulary: frozenset[str]) -> None:
        """Count the texts of a request and their answers."""
        if self._database is None:
            return
        found = self._counts[datetime.now(UTC).date().isoformat(), outcome.served.manifest.version]
        for text, scored in zip(texts, outcome.scored, strict=True):
            _add(found, answer_counts(text, scored.answer))
        if self._clock() >= self._read_again_at:
            self._read_again_at = self._clock() + READ_EVERY_SECONDS
            _add(found, content_counts(texts[next(self._turn) % len(texts)], vocabulary))

    async def flush(self) -> None:
        """Move the counts to the database; where that fails they wait for the next time."""
        if self._database is None or not self._counts:
            return
        counts, self._counts = self._counts, defaultdict(_none_yet)
        try:
            await self._database.run(lambda connection: add_up(connection, counts))
        except FeedbackUnavailableError:  # the database has said so in the log
            for place, missed in counts.items():
                _add(self._counts[place], ((*name, value) for name, value in missed.items()))


def _none_yet() -> Counts:
    return defaultdict(float)


def _add(found: Counts, counts: Iterable[Count]) -> None:
    for statistic, name, value in counts:
        found[statistic, name] += value
