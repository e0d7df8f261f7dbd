"""Each check names what is wrong in a small broken corpus, and the limit that it breaks."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.training.checks_corpus import record
from training.checks.agreement import Agreement, agreement, check_agreement
from training.checks.copies import check_copies, check_openings
from training.checks.finding import Finding
from training.checks.frozen import check_frozen, freeze, write_frozen
from training.checks.limits import Limits
from training.checks.mix import check_mix, has_denial_word
from training.checks.outside import Source, article_texts, behaviour_texts, check_outside
from training.checks.schema import check_schema
from training.checks.surface import check_surface, measure_surface
from training.corpus import Corpus
from training.errors import CorpusError
from training.record import Record

LIMITS = Limits()


def broken(findings: Sequence[Finding]) -> list[str]:
    return [finding.said for finding in findings if finding.state == "failed"]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"genre": None}, "1 text(s) without genre, phenomenon, year or batch; none is allowed: r1"),
        ({"annotators": []}, "1 text(s) annotated by fewer than two"),
        (
            {"annotators": [{"by": "a", "label": "neutral"}, {"by": "b", "label": "deny"}]},
            "1 text(s) whose annotators differ, with nobody to settle it",
        ),
        ({"label": "deny"}, "1 text(s) with a label none of its annotators gave"),
        (
            {"kind": "article", "text": "word " * 200, "sentences": [{"start": 0, "end": 4, "label": "neutral"}]},
            "1 text(s) that are articles with letters outside their sentences",
        ),
        ({"text": "Too short"}, "1 text(s) outside the length of their kind; at most 2% may be: r1"),
    ],
)
def test_an_incomplete_record_is_named(fields: dict[str, Any], reason: str) -> None:
    (said,) = broken(check_schema([record(1, **fields)], LIMITS))
    assert said.startswith(reason)


def test_a_settled_disagreement_is_complete() -> None:
    notes = [{"by": "a", "label": "neutral"}, {"by": "b", "label": "deny"}]
    assert broken(check_schema([record(1, annotators=notes, settled_by="c")], LIMITS)) == []


def test_too_small_and_lopsided_a_corpus_is_told_in_full() -> None:
    said = broken(check_mix([record(number) for number in range(10)], LIMITS))
    assert "10 texts beside the start; at least 6000 are needed" in said
    assert "labelled neutral: 100.0%; 52% is wanted, give or take 3 points" in said
    assert "headline, of the shorter texts: 100.0%; 35% is wanted, give or take 3 points" in said
    assert "years without a text: 2022, 2023, 2025, 2026; none is allowed" in said
    assert "0 headlines that deny; at least 400 are needed" in said
    assert "of the neutral texts, plain news naming both China and Russia: 0.0%; at least 40% is needed" in said


def test_plain_news_names_both_sides_and_is_no_near_miss() -> None:
    both = "China and Russia sign a timber deal"
    texts = [record(0, text=both), record(1, text=both, phenomenon="bare-warning"), record(2, text="Timber is dear")]
    assert "plain news naming both China and Russia: 33.3%" in " ".join(broken(check_mix(texts, LIMITS)))


@pytest.mark.parametrize(
    "text", ["China denies it", "Beijing says it hasn’t", "Claims 'baseless', says envoy", "No proof"]
)
def test_words_of_denial_are_seen(text: str) -> None:
    assert has_denial_word(text)


@pytest.mark.parametrize("text", ["China protests US sanctioning of firms", "Beijing lashes out after notable report"])
def test_replies_without_a_word_of_denial_are_seen(text: str) -> None:
    assert not has_denial_word(text)


def test_near_copies_of_one_label_are_named() -> None:
    pair = [record(1, text="Envoy flies to Moscow today"), record(2, text="Envoy flies to Moscow tomorrow")]
    (said,) = broken(check_copies(pair, LIMITS))
    assert "r1 and r2 (0.67)" in said
    assert broken(check_copies([pair[0], record(2, text=pair[1].text, label="deny")], LIMITS)) == []
    assert broken(check_copies([pair[0], record(2, text=pair[1].text, batch="start")], LIMITS)) == []


def test_a_near_copy_over_the_split_is_named_whatever_its_label() -> None:
    first = record(1, text="Envoy flies to Moscow today")
    other = record(2, text="Envoy flies to Moscow tomorrow", label="deny", split="test")
    (said,) = broken(check_copies([first, other], LIMITS))
    assert said.startswith("1 pairs over the split")


def test_a_worn_opening_is_named() -> None:
    texts = [record(number, text=f"Power of Siberia {number}") for number in range(3)]
    texts += [record(number, text=f"Text {number} stands alone") for number in range(3, 300)]
    (said,) = broken(check_openings(texts, replace(LIMITS, opening=0.005)))
    assert said == "'power of siberia' opens 3 texts; at most 0.5% may, which is 1.5"
    assert broken(check_openings(texts, replace(LIMITS, opening=0.01))) == []


def told_by_length(number: int) -> Record:
    label = ("support", "deny", "neutral")[number % 3]
    return record(number, label=label, batch=f"b{number // 60}", text="word " * (5 + 10 * (number % 3)) + str(number))


def test_a_label_that_length_gives_away_is_found() -> None:
    texts = [told_by_length(number) for number in range(240)]
    findings, figure = check_surface(texts, LIMITS)
    assert figure is not None
    assert figure > 0.9
    assert any(said.startswith("length alone: macro-F1 1.000; under 0.45 is needed") for said in broken(findings))
    assert measure_surface(texts).parts["year"] < 0.45


def test_one_batch_cannot_be_cross_validated() -> None:
    findings, figure = check_surface([record(number, batch="b") for number in range(5)], LIMITS)
    assert [finding.state for finding in findings] == ["skipped"]
    assert figure is None


def test_kappa_is_what_cohen_says() -> None:
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert agreement(pairs) == Agreement(50, 0.7, pytest.approx(0.4))  # type: ignore[arg-type]
    assert agreement([("yes", "yes")] * 3).kappa == 1.0
    with pytest.raises(ValueError, match="at least one"):
        agreement([])


def test_agreement_before_texts_were_dropped_is_what_counts(tmp_path: Path) -> None:
    file = tmp_path / "agreement.json"
    file.write_text(json.dumps({"kinds": {"all": {"texts": 9, "agreement": 0.8, "kappa": 0.5}}}), "utf-8")
    findings, kappa = check_agreement([record(1)], file, LIMITS)
    assert kappa == 0.5
    assert broken(findings) == [
        "all, before disagreements were dropped: kappa 0.500, agreement 80.0% on 9 texts; at least 0.8 is needed"
    ]
    assert any("headline, as kept: kappa 1.000" in finding.said for finding in findings)


def test_without_that_file_the_records_are_read_and_it_says_so(tmp_path: Path) -> None:
    findings, kappa = check_agreement([record(1)], tmp_path / "agreement.json", LIMITS)
    assert kappa == 1.0
    assert "skipped" in {finding.state for finding in findings}


def test_a_broken_file_of_agreement_is_named(tmp_path: Path) -> None:
    (tmp_path / "agreement.json").write_text("[]", "utf-8")
    with pytest.raises(CorpusError, match=r"agreement\.json: is no record of agreement"):
        check_agreement([], tmp_path / "agreement.json", LIMITS)


def test_a_changed_test_split_is_found(tmp_path: Path) -> None:
    test = Corpus((record(1, split="test"), record(2, split="test")))
    file = tmp_path / "frozen.json"
    assert [finding.state for finding in check_frozen(test, file)] == ["skipped"]
    write_frozen(file, freeze(test))
    assert broken(check_frozen(test, file)) == []
    (said,) = broken(check_frozen(Corpus((*test.records[:1], record(2, split="test", label="deny"))), file))
    assert freeze(test).digest in said


def kept_outside(file: Path) -> Path:
    file.write_text(json.dumps({"id": "x1", "text": "Minister flies to Moscow for talks on grain"}) + "\n", "utf-8")
    return file


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Grain talks: minister for Moscow flies on to", "here (Jaccard 1.00 with x1)"),
        (
            "Late on Friday, aides have said, the minister flies to Moscow for long talks on fish and oil and coal.",
            "here (containment 0.50 with x1)",
        ),
    ],
)
def test_a_near_copy_of_a_text_kept_outside_is_named(tmp_path: Path, text: str, said: str) -> None:
    file = kept_outside(tmp_path / "dev.jsonl")
    sources = [Source("here", text), Source("there", "Something else entirely")]
    (found,) = broken(check_outside(sources, file, LIMITS))
    assert "1 of 2 texts" in found
    assert said in found
    assert broken(check_outside(sources, file, replace(LIMITS, outside=1.1))) == []


def test_absent_texts_are_skipped_visibly(tmp_path: Path) -> None:
    (found,) = check_outside([], tmp_path / "dev.jsonl", LIMITS)
    assert found.state == "skipped"
    assert "not there" in found.said


def test_all_texts_of_suite_and_articles_are_read(tmp_path: Path) -> None:
    cases = "cases:\n  - {label: deny, text: A}\n  - {text: B, variants: [C]}\n  - {text: D, changed: E}\n"
    (tmp_path / "some.yaml").write_text(cases, "utf-8")
    (tmp_path / "one.txt").write_text("Whole", "utf-8")
    assert [source.text for source in behaviour_texts(tmp_path)] == ["A", "B", "C", "D", "E"]
    assert article_texts(tmp_path) == [Source("one.txt", "Whole")]
