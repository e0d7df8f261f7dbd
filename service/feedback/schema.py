"""Which step of the migrations a database stands at, and how it gets to the newest."""

from sqlalchemy import Connection, Engine, inspect, text

HEAD = "0001"
SCRIPTS = "service.feedback:migrations"


class SchemaError(Exception):
    """The database stands at another step than this service needs; the message says what to do."""


def migrate(engine: Engine) -> None:
    """Bring a database to the newest step, in one transaction."""
    from alembic import command  # noqa: PLC0415 - needed once in a database's life
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def check(engine: Engine) -> None:
    """See that a database stands at the newest step. A SQLite file behind it, a new one too, is brought there.

    Raises:
        SchemaError: it does not: another server's database is migrated by hand only.
    """
    found = _step(engine)
    if engine.dialect.name == "sqlite" and (found is None or found < HEAD):
        migrate(engine)
    elif found != HEAD:
        known = f"schema {found}" if found else "no schema"
        raise SchemaError(f"it has {known}, this service needs {HEAD}: run python -m service migrate")


def _step(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return _read_step(connection) if inspect(connection).has_table("alembic_version") else None


def _read_step(connection: Connection) -> str | None:
    step: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return step
