"""What readers say comes before a reviewer, and what he accepts comes into the corpus."""

import json
from typing import Any

import pytest

from tests.loop.conftest import Loop
from tests.training.conftest import invented
from training.corpus import read_corpus

DENIAL = "Pure invention, says Beijing of a report on shells for Moscow."
REPORT = "Customs data show Chinese nitrocellulose reaching Russian powder mills."
WEATHER = "Quokkas bask in Perth."


def records(loop: Loop) -> list[dict[str, Any]]:
    lines = (loop.corpus / "feedback.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_accepted_feedback_joins_the_training_split_in_a_batch_of_its_own(loop: Loop) -> None:
    loop.say(DENIAL, "deny", comment="the usual words")
    said = loop.command("review", typed="y\n")
    assert "the usual words" in said
    assert "1 decided, 0 still wait; 1 accepted texts in feedback.jsonl" in said
    (record,) = records(loop)
    assert (record["text"], record["label"], record["kind"]) == (DENIAL, "deny", "sentence")
    assert (record["batch"], record["split"], record["group"]) == ("feedback", "train", record["id"])
    assert "comment" not in json.dumps(record)
    assert len(read_corpus(loop.corpus)) == len(invented()) + 1


def test_a_reviewer_relabels_drops_skips_and_quits_and_is_asked_once_only(loop: Loop) -> None:
    for text in (DENIAL, REPORT, WEATHER):
        loop.say(text, "support")
    first = loop.command("review", "--limit", 1, typed="r\nnonsense\nneutral\n")
    assert "1 decided, 2 still wait" in first
    second = loop.command("review", typed="s\nn\n")
    assert "1 decided, 1 still wait" in second
    assert "0 decided, 1 still wait" in loop.command("review", typed="q\n")
    assert "1 decided, 0 still wait" in loop.command("review", typed="y\n")
    assert sorted(record["label"] for record in records(loop)) == ["neutral", "support"]
    (relabelled,) = (record for record in records(loop) if record["label"] == "neutral")
    assert relabelled["settled_by"] == "reviewer"
    assert relabelled["annotators"][0] == {"by": "reader", "label": "support"}


def test_what_was_decided_before_the_input_ended_stays_decided(loop: Loop) -> None:
    loop.say(DENIAL, "deny")
    loop.say(REPORT, "support")
    assert "1 decided, 1 still wait" in loop.command("review", typed="y\n")
    assert len(records(loop)) == 1


def test_yes_means_what_most_readers_said(loop: Loop) -> None:
    loop.say(DENIAL, "support")
    loop.say(DENIAL, "deny")
    loop.say(DENIAL.upper(), "deny")
    assert "deny (2), support" in loop.command("review", typed="y\n")
    assert records(loop)[0]["label"] == "deny"


def test_the_unknown_comes_before_the_known(loop: Loop) -> None:
    known = invented()[0]["text"]
    loop.say(known, "support")
    loop.say(REPORT, "support")
    listed = loop.command("review", "--list")
    assert listed.index(REPORT[:20]) < listed.index(known[:20])
    assert "2 of 2 texts that wait" in listed


@pytest.mark.parametrize(
    ("row", "reason"),
    [(1, "1 left out: in the corpus already"), (0, "1 left out: in the corpus already")],
)
def test_a_text_of_the_corpus_does_not_come_in_twice(loop: Loop, row: int, reason: str) -> None:
    loop.say(invented()[row]["text"].upper(), "support")
    assert reason in loop.command("review", typed="y\n")
    assert not (loop.corpus / "feedback.jsonl").exists()


def test_a_text_too_near_a_frozen_test_text_is_left_out(loop: Loop) -> None:
    frozen = next(row["text"] for row in invented() if row["split"] == "test")
    loop.say(f"{frozen} Officials.", "support")
    assert "1 left out: too near a frozen test text" in loop.command("review", typed="y\n")


def test_what_a_stranger_sent_cannot_command_the_terminal(loop: Loop) -> None:
    loop.say("China \x1b]0;owned\x07 arms \u202e Russia [red]now[/red]", "support", comment="\x1b[2J")
    said = loop.command("review", typed="q\n")
    assert not {"\x07", "\u202e", "\x1b"} & set(said)
    assert "[red]now[/red]" in said
