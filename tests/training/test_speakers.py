"""Measuring speakers: what counts as the same name, and what the figures count."""

import json
from pathlib import Path

import pytest

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
