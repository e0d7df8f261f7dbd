"""Feedback, reviews and traffic."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "feedback",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("stance", sa.String(16), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("comment", sa.Text),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("received", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_id", sa.String(16)),
        sa.Column("answer", sa.String(16), nullable=False),
        sa.Column("probabilities", sa.JSON, nullable=False),
        sa.Column("on_topic", sa.Boolean, nullable=False),
        sa.Column("version", sa.String(128), nullable=False),
    )
    op.create_table(
        "review",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("label", sa.String(16)),
        sa.Column("decided", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "traffic",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("version", sa.String(128), primary_key=True),
        sa.Column("statistic", sa.String(32), primary_key=True),
        sa.Column("bin", sa.String(64), primary_key=True),
        sa.Column("value", sa.Float, nullable=False),
    )


def downgrade() -> None:
    """Drop them, and all that they hold."""
    for table in ("traffic", "review", "feedback"):
        op.drop_table(table)
