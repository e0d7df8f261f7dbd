"""What stops a training, with the file and line that it names."""

from pathlib import Path
from typing import Any

import pytest

from tests.training.conftest import invented, write_rows
from training.corpus import read_corpus
from training.errors import CorpusError

Row = dict[str, Any]


def problems(directory: Path, rows: list[Row]) -> list[str]:
    with pytest.raises(CorpusError) as caught:
        read_corpus(write_rows(directory, rows))
    return [str(problem) for problem in caught.value.problems]


def changed(row: int, **fields: object) -> list[Row]:
    rows = invented()
    rows[row] |= fields
    return rows


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"label": "suport"}, "label: unknown label 'suport'; one of support, deny, neutral is needed"),
        ({"text": " \n"}, "text: is empty"),
        ({"kind": "tweet"}, "kind: "),
        ({"split": "dev"}, "split: "),
        ({"year": "2022"}, "year: "),
        ({"lable": "deny"}, "lable: "),
        ({"sentences": [{"start": 0, "end": 9999, "label": "deny"}]}, "sentence 1 (0–9999) does not lie"),
        ({"sentences": [{"start": 5, "end": 5, "label": "deny"}]}, "sentence 1 (5–5) does not lie"),
        ({"sentences": [{"start": -1, "end": 5, "label": "deny"}]}, "sentences.0.start: "),
        (
            {"text": "China sends arms. No.", "sentences": [{"start": 0, "end": 18, "label": "support"}]},
            "begins or ends with a blank",
        ),
        (
            {
                "text": "China sends arms. No.",
                "sentences": [{"start": 0, "end": 17, "label": "support"}, {"start": 12, "end": 21, "label": "deny"}],
            },
            "sentence 2 (12–21) begins before the sentence before it ends",
        ),
    ],
)
def test_a_line_that_breaks_the_schema_is_named(tmp_path: Path, fields: Row, reason: str) -> None:
    (found,) = problems(tmp_path, changed(4, **fields))
    assert found.startswith("texts.jsonl:5: ")
    assert reason in found


def test_a_line_that_is_no_json_is_named(tmp_path: Path) -> None:
    file = write_rows(tmp_path, invented()) / "texts.jsonl"
    file.write_text(file.read_text("utf-8") + '\n{"id": \n', "utf-8")
    with pytest.raises(CorpusError, match=r"texts\.jsonl:146: is not JSON"):
        read_corpus(tmp_path)


def test_a_repeated_id_names_both_places(tmp_path: Path) -> None:
    assert problems(tmp_path, changed(7, id="t2")) == ["texts.jsonl:8: id 't2' is already at texts.jsonl:3"]


def test_a_repeated_text_is_found_across_files_case_and_blanks(tmp_path: Path) -> None:
    text = f"  {invented()[0]['text'].upper()}\n"
    write_rows(tmp_path, [invented()[0] | {"id": "again", "text": text}], "more.jsonl")
    assert problems(tmp_path, invented()) == ["texts.jsonl:1: the text is already at more.jsonl:1"]


def test_a_group_on_both_sides_of_the_split_is_found(tmp_path: Path) -> None:
    assert problems(tmp_path, changed(5, split="test")) == [
        "texts.jsonl:6: group 'g1' is in test, but in train at texts.jsonl:4"
    ]


def test_a_side_without_a_label_is_found(tmp_path: Path) -> None:
    rows = [row for row in invented() if (row["split"], row["label"]) != ("test", "deny")]
    assert problems(tmp_path, rows) == [f"{tmp_path}: the test split has no text labelled deny"]


def test_all_problems_are_found_at_once_and_the_first_twenty_shown(tmp_path: Path) -> None:
    rows = [row | {"label": "yes"} for row in invented()[:30]] + invented()[30:]
    with pytest.raises(CorpusError) as caught:
        read_corpus(write_rows(tmp_path, rows))
    assert len(caught.value.problems) == 30
    assert "texts.jsonl:20:" in str(caught.value)
    assert "texts.jsonl:21:" not in str(caught.value)
    assert "… and 10 more" in str(caught.value)


def test_an_empty_directory_is_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"holds no \*\.jsonl"):
        read_corpus(tmp_path)


def test_the_digest_knows_texts_not_files(tmp_path: Path) -> None:
    whole = read_corpus(write_rows(tmp_path / "whole", invented()))
    write_rows(tmp_path / "parts", invented()[50:], "a.jsonl")
    parts = read_corpus(write_rows(tmp_path / "parts", invented()[:50], "b.jsonl"))
    assert parts.digest == whole.digest
    assert whole.digest.startswith("sha256:")
    assert read_corpus(write_rows(tmp_path / "other", changed(0, label="deny"))).digest != whole.digest


def test_sentences_of_training_articles_are_learned_from_in_the_batch_of_their_article(tmp_path: Path) -> None:
    text = "China sends Russia new drones. No. Beijing denies that it arms Russia."
    marks = [{"start": 0, "end": 30, "label": "support"}, {"start": 31, "end": 34, "label": "deny"}]
    marks += [{"start": 35, "end": len(text), "label": "deny"}]
    rows = invented()
    first = next(row for row in rows if row["split"] == "train")
    rows.append(first | {"id": "article", "text": text, "kind": "article", "sentences": marks})
    corpus = read_corpus(write_rows(tmp_path, rows))
    whole, learned = corpus.split("train"), corpus.to_learn_from()
    assert learned.records[: len(whole)] == whole.records
    added = learned.records[len(whole) :]
    assert [(record.text, record.label) for record in added] == [
        ("China sends Russia new drones.", "support"),
        ("Beijing denies that it arms Russia.", "deny"),
    ]
    article = next(record for record in whole.records if record.id == "article")
    assert {(record.group, record.batch, record.split) for record in added} == {
        (article.group, article.batch, article.split)
    }
    assert len({record.id for record in learned.records}) == len(learned)
