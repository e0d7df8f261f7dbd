"""For all tests: feedback and traffic go to a database of the test run, never to the one of the working directory."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import programs, running


@pytest.fixture(scope="session", autouse=True)
def feedback_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The file that a service keeps feedback in where a test names no other."""
    file = tmp_path_factory.mktemp("feedback") / "feedback.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STANCE_FEEDBACK_URL", f"sqlite:///{file}")
        yield file


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server that lives as long as the tests that use it."""
    binaries = programs()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with running(binaries) as url:
        yield url
