"""The migrations make the tables that the code knows, from nothing, by several workers at once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from service import __main__ as command
from service.feedback.database import make_engine
from service.feedback.schema import HEAD, SCRIPTS, SchemaError, check
from service.feedback.tables import METADATA


def test_the_migrations_lead_to_the_tables_of_the_code(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/feedback.db")
    check(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    engine.dispose()


def test_the_newest_step_is_the_one_that_the_code_needs() -> None:
    package, _, folder = SCRIPTS.partition(":")
    place = Path(command.__file__).parents[1] / package.replace(".", "/") / folder
    assert ScriptDirectory(str(place)).get_current_head() == HEAD


def test_workers_that_start_together_make_the_tables_once(tmp_path: Path) -> None:
    engines = [make_engine(f"sqlite:///{tmp_path}/feedback.db") for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(check, engines))
    with engines[0].connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM alembic_version")) == 1
    for engine in engines:
        engine.dispose()


def test_a_database_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/feedback.db")
    check(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaError, match=f"it has schema 9999, this service needs {HEAD}"):
        check(engine)
    engine.dispose()


def test_migrate_says_what_it_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["service", "migrate"])
    monkeypatch.setenv("STANCE_FEEDBACK_URL", f"sqlite:///{tmp_path}/feedback.db")
    assert command.main() == 0
    assert capsys.readouterr().err == f"the feedback database has schema {HEAD}\n"
    monkeypatch.setenv("STANCE_FEEDBACK_URL", f"sqlite:///{tmp_path}/nowhere/feedback.db")
    assert command.main() == 1
    assert "cannot be migrated: unable to open database file" in capsys.readouterr().err
