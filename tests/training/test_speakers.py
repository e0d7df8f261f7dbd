"""Measuring speakers: what counts as the same name, and what the figures count."""

import hashlib
import json
from pathlib import Path

import pytest

from training.errors import CorpusError
from training.reread import Agreement, agreement, intervals, reread, was_read
from training.speakers import Article, Gold, complete, measure, same_name

TEXT = "Anna Vogel said nay. It rained. Kyiv says yes."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chinese foreign ministry", "China's Foreign Ministry"),
        ("Blinken", "Antony Blinken"),
        ("Xi", "Xi Jinping"),
        ("UN", "United Nations"),
        ("official", "US officials"),
        ("Chinese mission", "Chinese mission to the EU"),
    ],
)
def test_names_that_share_their_head_are_the_same(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("China", "China's foreign ministry"), ("Wang Yi", "Wang Wenbin"), ("", "A")]
)
def test_other_names_are_not(one: str, other: str) -> None:
    assert not same_name(one, other)


def test_figures_count_what_is_found_and_what_is_missed() -> None:
    article = Article("a", "test", "b", TEXT, (Gold(0, 20, "Vogel"), Gold(21, 30, "Vogel")))
    figures = measure(article).figures
    assert figures["precision"] == figures["recall"] == figures["span_recall"] == pytest.approx(0.5)
    assert figures["exact"] == 0


def test_what_annotators_overlooked_is_added_to_the_batches_that_were_read_again(tmp_path: Path) -> None:
    file = tmp_path / "speakers.jsonl"
    file.write_text(json.dumps({"id": "a", "start": 32, "end": 46, "speaker": "Kyiv"}) + "\n", "utf-8")
    articles = [Article("a", "test", "b", TEXT, (Gold(0, 20, "Vogel"),)), Article("c", "train", "d", TEXT, ())]
    (completed,) = complete(articles, file)
    assert [gold.speaker for gold in completed.spoken] == ["Vogel", "Kyiv"]
    assert measure(completed).figures["precision"] == 1


def test_without_such_a_file_nothing_is_completed(tmp_path: Path) -> None:
    assert complete([Article("a", "test", "b", TEXT, ())], tmp_path / "none.jsonl") == []


SECOND_READING = Path(__file__).parents[2] / "seeds" / "speakers-fresh.jsonl"
FROZEN = "c97eaf05d8219345dc99fe75601b76ac24a7efa9244ae82e256f8b26ddcf5289"


def _row(start: int, end: int, speaker: str, of: str = "a") -> str:
    return json.dumps({"id": of, "start": start, "end": end, "speaker": speaker}) + "\n"


def test_an_independent_reader_replaces_the_writers_marks(tmp_path: Path) -> None:
    file = tmp_path / "fresh.jsonl"
    file.write_text(_row(0, 20, "Vogel") + _row(0, 20, "minister") + _row(0, 5, "Kyiv", of="dropped"), "utf-8")
    (second,) = reread([Article("a", "train", "b", TEXT, (Gold(21, 30, "Kyiv"),))], file)
    assert [gold.speaker for gold in second.spoken] == ["Vogel", "minister"]
    assert measure(second).right == measure(second).spoken == 1


def test_a_reading_of_another_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "fresh.jsonl"
    file.write_text(_row(0, 200, "Vogel"), "utf-8")
    with pytest.raises(CorpusError, match=r"fresh\.jsonl"):
        reread([Article("a", "train", "b", TEXT, ())], file)


def test_annotators_agree_by_sentence_and_head() -> None:
    writers = Article("a", "train", "b", TEXT, (Gold(0, 20, "Anna Vogel"), Gold(21, 30, "Kyiv")))
    reader = Article("a", "train", "b", TEXT, (Gold(0, 20, "Vogel"), Gold(31, 46, "Kyiv")))
    assert agreement(writers, reader) == Agreement(both=1, same=1, first=1, second=1)


def test_an_interval_holds_its_estimate() -> None:
    good = measure(Article("a", "train", "b", TEXT, (Gold(0, 20, "Vogel"), Gold(31, 46, "Kyiv"))))
    bad = measure(Article("b", "train", "b", TEXT, (Gold(21, 30, "Li"),)))
    precision = intervals([good, bad])["precision"]
    assert (precision.low, precision.high) == (0, 1)
    assert precision.estimate == pytest.approx(0.5)


def test_articles_whose_errors_were_open_are_those_of_odd_number() -> None:
    ids = ("nordic-arti-001", "nordic-arti-002", "nordic-arti-008")
    assert [was_read(Article(of, "train", "nordic", TEXT, ())) for of in ids] == [True, True, False]


def test_the_independent_reading_is_the_one_that_was_frozen_before_the_rules_ran() -> None:
    assert hashlib.sha256(SECOND_READING.read_bytes()).hexdigest() == FROZEN
