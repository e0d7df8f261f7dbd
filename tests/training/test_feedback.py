"""What is said where the service's database cannot be read; and what becomes of accepted texts."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.training.conftest import invented, write_rows
from training.accepted import export_accepted, kind_of
from training.corpus import read_corpus
from training.errors import CorpusError, FeedbackError
from training.feedback import Accepted, Item, open_desk


def item(words: str, number: int, **said: int) -> Item:
    return Item(f"{number:x}".ljust(64, "0"), words, said or {"deny": 1}, (), "deny", "1", 2026)


def opened(url: str) -> None:
    with open_desk(url):
        pass


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    file = tmp_path / "feedback.db"
    with pytest.raises(FeedbackError, match="is not there yet"):
        opened(f"sqlite:///{file}")
    assert not file.exists()


@pytest.mark.parametrize(("step", "said"), [(None, "has no schema"), ("0000", "has schema 0000")])
def test_a_database_of_another_version_is_not_read(tmp_path: Path, step: str | None, said: str) -> None:
    url = f"sqlite:///{tmp_path}/feedback.db"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE other (x)"))
        if step:
            connection.execute(text("CREATE TABLE alembic_version AS SELECT '0000' AS version_num"))
    engine.dispose()
    with pytest.raises(FeedbackError, match=said):
        opened(url)


def test_no_password_is_told(tmp_path: Path) -> None:
    for url in ("mysql:/me:secret", f"postgresql://me:secret@/x?host={tmp_path}"):
        with pytest.raises(FeedbackError) as error:
            opened(url)
        assert "secret" not in str(error.value)


def test_what_an_earlier_review_brought_in_stays(tmp_path: Path) -> None:
    corpus = write_rows(tmp_path, invented())
    first, second = item("Nothing of the sort, Beijing says.", 1), item("Shells? A fairy tale, says Xi's envoy.", 2)
    assert export_accepted([Accepted(first, "deny")], corpus).records == 1
    assert export_accepted([Accepted(second, "deny")], corpus).records == 2
    assert export_accepted([Accepted(second, "neutral")], corpus).records == 2
    found = [record for record in read_corpus(corpus).records if record.batch == "feedback"]
    assert [(record.label, record.settled_by) for record in found] == [("deny", None), ("neutral", "reviewer")]


def test_into_a_corpus_that_is_broken_nothing_is_written(tmp_path: Path) -> None:
    corpus = write_rows(tmp_path, [row | {"label": "maybe"} for row in invented()])
    with pytest.raises(CorpusError, match="unknown label"):
        export_accepted([Accepted(item("A fairy tale.", 1), "deny")], corpus)
    assert [file.name for file in corpus.iterdir()] == ["texts.jsonl"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Beijing denies arming Moscow", "headline"),
        ("Beijing denies it, \u201cas always\u201d.", "sentence"),
        ("Beijing denies it. Moscow too.", "summary"),
        ("Beijing denies it. " * 30, "paragraph"),
        ("Beijing denies it. " * 60, "article"),
    ],
)
def test_kinds_go_by_sentences_and_length(words: str, kind: str) -> None:
    assert kind_of(words) == kind
