"""Traffic is counted by day and version, added up over workers, and holds no text."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from structlog.testing import capture_logs

from features.answer import Answer
from features.profile import CHARACTERS, answer_counts, content_counts
from tests.service.conftest import Start, parts_of

TEXT = "China denied sending zyzzyvas to Russia."


def counted(file: Path) -> dict[tuple[str, str], float]:
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT statistic, bin, sum(value) FROM traffic GROUP BY 1, 2")).all()
    engine.dispose()
    return {(statistic, name): value for statistic, name, value in rows}


def test_two_workers_add_up(start: Start, tmp_path: Path) -> None:
    file = tmp_path / "feedback.db"
    for _ in range(2):
        client = start(feedback_url=f"sqlite:///{file}")
        client.post("/v1/stance/batch", json={"texts": [TEXT, TEXT, "Regen an der K\u00fcste"]})
        assert client.portal is not None
        client.portal.call(parts_of(client).traffic.flush)
    found = counted(file)
    assert found["texts", "answered"] == 6
    assert found["texts", "read"] == 2
    assert found["topic", "off topic"] == 2
    assert found["length", "up to 100"] == 6
    assert found["words", "unknown"] >= 2
    assert found["words", "known"] + found["words", "unknown"] == 12
    assert found["tags", "denial"] == 2
    assert sum(value for (statistic, _), value in found.items() if statistic == "stance") == 6
    assert sum(value for (statistic, _), value in found.items() if statistic == "probability") == pytest.approx(6)
    assert "zyzzyvas" not in str(found)


def test_what_was_not_yet_written_is_written_at_the_end(start: Start, tmp_path: Path) -> None:
    file = tmp_path / "feedback.db"
    client = start(feedback_url=f"sqlite:///{file}")
    client.post("/v1/stance", json={"text": TEXT})
    client.__exit__(None, None, None)
    assert counted(file)["texts", "answered"] == 1


def test_a_database_that_fails_costs_no_counts_and_one_line_in_the_log(start: Start, tmp_path: Path) -> None:
    place = tmp_path / "later"
    client = start(feedback_url=f"sqlite:///{place}/feedback.db")
    assert client.portal is not None
    flush = parts_of(client).traffic.flush
    with capture_logs() as logged:
        for _ in range(2):
            client.post("/v1/stance", json={"text": TEXT})
            client.portal.call(flush)
    assert [entry["event"] for entry in logged].count("database failed") == 1
    place.mkdir()
    client.portal.call(flush)
    assert counted(place / "feedback.db")["texts", "answered"] == 2


def test_switched_off_nothing_is_counted(start: Start, feedback_database: Path) -> None:
    before = feedback_database.stat().st_mtime_ns if feedback_database.exists() else None
    client = start(feedback_url="")
    client.post("/v1/stance", json={"text": TEXT})
    client.__exit__(None, None, None)
    assert before == (feedback_database.stat().st_mtime_ns if feedback_database.exists() else None)


def test_the_bins_of_a_statistic_are_told_alike_for_every_text() -> None:
    answer = Answer("deny", {"support": 0.1, "deny": 0.7, "neutral": 0.2}, on_topic=False)
    assert list(answer_counts("x" * 101, answer)) == [
        ("texts", "answered", 1),
        ("stance", "deny", 1),
        ("probability", "support", 0.1),
        ("probability", "deny", 0.7),
        ("probability", "neutral", 0.2),
        ("length", "up to 300", 1),
        ("topic", "off topic", 1),
    ]
    words = [count for count in content_counts("China 12 quokkas", frozenset({"china"})) if count[0] == "words"]
    assert words == [("words", "known", 1), ("words", "unknown", 1)]
    assert len(list(content_counts("quokka " * CHARACTERS, frozenset({"x"})))) < CHARACTERS / 6
