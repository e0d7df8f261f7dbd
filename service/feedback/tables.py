"""The tables as the newest migration leaves them. Times are UTC."""

from sqlalchemy import JSON, Boolean, Column, DateTime, Float, Integer, MetaData, String, Table, Text

METADATA = MetaData()

FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("digest", String(64), primary_key=True),  # of the text as the model reads it: case and blanks aside
    Column("stance", String(16), primary_key=True),  # that the reader says it has
    Column("text", Text, nullable=False),
    Column("comment", Text),
    Column("times", Integer, nullable=False),  # said so
    Column("received", DateTime(timezone=True), nullable=False),  # the first time, like all that follow
    Column("key_id", String(16)),
    Column("answer", String(16), nullable=False),
    Column("probabilities", JSON, nullable=False),
    Column("on_topic", Boolean, nullable=False),
    Column("version", String(128), nullable=False),
)

REVIEW = Table(
    "review",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("label", String(16)),  # none: dropped
    Column("decided", DateTime(timezone=True), nullable=False),
)

TRAFFIC = Table(
    "traffic",
    METADATA,
    Column("day", String(10), primary_key=True),
    Column("version", String(128), primary_key=True),
    Column("statistic", String(32), primary_key=True),
    Column("bin", String(64), primary_key=True),
    Column("value", Float, nullable=False),
)
