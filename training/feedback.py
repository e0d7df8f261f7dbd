"""The database that the service keeps: what readers said, what was decided, and what traffic was like.

Nothing is shared with the service but the database. Its tables are the service's to make; they are looked up
here as they are found, once the database says that it stands at the step of its migrations that this code knows.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    MetaData,
    RowMapping,
    Table,
    create_engine,
    func,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.exc import SQLAlchemyError

from training.errors import FeedbackError

STEP = "0001"

Profile = dict[tuple[str, str], float]  # of (statistic, bin)


@dataclass(frozen=True, slots=True)
class Item:
    """A text that readers gave feedback on.

    Attributes:
        digest: identifies the text, whatever its case and blanks.
        text: as it was first sent.
        said: how many times readers said that it has a stance, most said first.
        comments: why, where they told.
        answer: the model's answer when the text was first sent, and ``version`` the model that gave it.
        year: in which that was.
    """

    digest: str
    text: str
    said: dict[str, int]
    comments: tuple[str, ...]
    answer: str
    version: str
    year: int


@dataclass(frozen=True, slots=True)
class Accepted:
    """A text whose label a reviewer has settled."""

    item: Item
    label: str


class Desk:
    """The database, open for one piece of work; every decision stands as soon as it is made."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        tables = MetaData()
        self._feedback = Table("feedback", tables, autoload_with=connection)
        self._review = Table("review", tables, autoload_with=connection)
        self._traffic = Table("traffic", tables, autoload_with=connection)

    def waiting(self) -> list[Item]:
        """Texts nobody has decided on, in the order in which they came."""
        return [item for item, decided, _ in self._items() if not decided]

    def accepted(self) -> list[Accepted]:
        """Texts with a settled label, in the order in which they came."""
        return [Accepted(item, label) for item, _, label in self._items() if label is not None]

    def decide(self, item: Item, label: str | None) -> None:
        """Settle a text's label, or drop the text (None), for good."""
        decided = {"digest": item.digest, "label": label, "decided": datetime.now(UTC)}
        self._connection.execute(self._review.insert().values(decided))

    def traffic(self, first: date, last: date) -> Profile:
        """Traffic from one day to another, both included."""
        found = self._traffic.c
        asked = select(found.statistic, found.bin, func.sum(found.value)).where(_within(found.day, first, last))
        rows = self._connection.execute(asked.group_by(found.statistic, found.bin))
        return {(statistic, name): float(value) for statistic, name, value in rows}

    def versions(self, first: date, last: date) -> list[str]:
        """The models that answered from one day to another, both included."""
        found = self._traffic.c
        asked = select(found.version).where(_within(found.day, first, last)).distinct().order_by(found.version)
        return list(self._connection.scalars(asked))

    def _items(self) -> list[tuple[Item, bool, str | None]]:
        """Every text, whether it is decided on, and its settled label."""
        said, review = self._feedback, self._review
        joined = said.outerjoin(review, said.c.digest == review.c.digest)
        asked = select(said, review.c.decided, review.c.label).select_from(joined).order_by(said.c.received)
        found: dict[str, list[RowMapping]] = {}
        for row in self._connection.execute(asked).mappings():
            found.setdefault(row["digest"], []).append(row)
        return [(_item(rows), rows[0]["decided"] is not None, rows[0]["label"]) for rows in found.values()]


def _within(day: Column[str], first: date, last: date) -> ColumnElement[bool]:
    return day.between(first.isoformat(), last.isoformat())


def _item(rows: Sequence[RowMapping]) -> Item:
    first = rows[0]
    said = sorted(((row["stance"], row["times"]) for row in rows), key=lambda stance: -stance[1])
    return Item(
        digest=first["digest"],
        text=first["text"],
        said=dict(said),
        comments=tuple(row["comment"] for row in rows if row["comment"]),
        answer=first["answer"],
        version=first["version"],
        year=first["received"].year,
    )


@contextmanager
def open_desk(url: str) -> Iterator[Desk]:
    """Open the database that the service keeps.

    Raises:
        FeedbackError: there is none, it cannot be reached, or it stands at another step of its migrations.
    """
    try:
        engine = _engine(url)
    except SQLAlchemyError as error:
        raise FeedbackError("the feedback database's URL (STANCE_FEEDBACK_URL) cannot be read") from error
    try:
        with engine.connect() as connection:
            _check(connection)
            yield Desk(connection)
    except SQLAlchemyError as error:
        raise FeedbackError(f"the feedback database cannot be used: {getattr(error, 'orig', None) or error}") from error
    finally:
        engine.dispose()


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    elif parsed.database and not Path(parsed.database).is_file():  # SQLite would make an empty one
        raise FeedbackError(f"{parsed.database} is not there yet: the service makes it when there is something to keep")
    return create_engine(parsed, isolation_level="AUTOCOMMIT", hide_parameters=True)


def _check(connection: Connection) -> None:
    there = inspect(connection).has_table("alembic_version")
    step = connection.scalar(text("SELECT version_num FROM alembic_version")) if there else None
    if step != STEP:
        found = f"schema {step}" if step else "no schema"
        raise FeedbackError(f"the feedback database has {found}, this code needs {STEP}: python -m service migrate")
