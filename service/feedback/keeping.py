"""What is done with the tables: keep what a reader says, add up what traffic was like."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from features.answer import Answer
from features.text import normalise
from service.errors import FeedbackUnavailableError
from service.feedback.tables import FEEDBACK, TRAFFIC

INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
Counted = Mapping[tuple[str, str], Mapping[tuple[str, str], float]]  # (day, version) -> (statistic, bin) -> value


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader says of a text, and what the model said of it at that time."""

    text: str
    stance: str
    comment: str | None
    key_id: str | None
    answer: Answer
    version: str


def digest(text: str) -> str:
    """SHA-256 of a text as the model reads it: two texts that differ in case, accents or blanks are one."""
    return hashlib.sha256(" ".join(normalise(text).split()).encode()).hexdigest()


def keep(connection: Connection, said: Said, limit: int) -> None:
    """Keep what a reader says; the same said again of the same text is counted.

    Raises:
        FeedbackUnavailableError: ``limit`` things are kept already, and this is none of them.
    """
    key = digest(said.text)
    known = (FEEDBACK.c.digest == key) & (FEEDBACK.c.stance == said.stance)
    again = {"times": FEEDBACK.c.times + 1, "comment": func.coalesce(FEEDBACK.c.comment, _storable(said.comment))}
    if connection.execute(update(FEEDBACK).where(known).values(again)).rowcount:
        return
    if (connection.scalar(select(func.count()).select_from(FEEDBACK)) or 0) >= limit:
        raise FeedbackUnavailableError(f"feedback is full: the limit is {limit} texts")
    values = {
        "digest": key,
        "stance": said.stance,
        "text": _storable(said.text),
        "comment": _storable(said.comment),
        "times": 1,
        "received": datetime.now(UTC),
        "key_id": said.key_id,
        "answer": said.answer.stance,
        "probabilities": said.answer.probabilities,
        "on_topic": said.answer.on_topic,
        "version": said.version,
    }
    connection.execute(_insert(connection, FEEDBACK).values(values).on_conflict_do_nothing())


def add_up(connection: Connection, counts: Counted) -> None:
    """Add counts to those of the same day, version, statistic and bin."""
    names = ("day", "version", "statistic", "bin", "value")
    insert = _insert(connection, TRAFFIC)
    added = insert.on_conflict_do_update(
        index_elements=TRAFFIC.primary_key.columns, set_={"value": TRAFFIC.c.value + insert.excluded.value}
    )
    rows = [(*place, *name, value) for place, found in counts.items() for name, value in found.items()]
    connection.execute(added, [dict(zip(names, row, strict=True)) for row in sorted(rows)])  # in order: no deadlock


def _insert(connection: Connection, table: Table) -> Any:
    return INSERTS[connection.dialect.name](table)


def _storable(text: str | None) -> str | None:
    """PostgreSQL stores no NUL; the model reads it as a blank."""
    return None if text is None else text.replace("\x00", " ")
