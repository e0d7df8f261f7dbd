"""Claim frames: who gives what to whom, in every voice that headlines and wire prose use."""

import pytest

from features.document import analyse
from features.frames import Frame, frames


def first(text: str) -> Frame:
    return frames(analyse(text).sentences[0])[0]


@pytest.mark.parametrize(
    ("text", "giver", "receiver"),
    [
        ("China arms Russia", "china", "russia"),
        ("Russia arms China", "russia", "china"),
        ("Iran arms Russia", "other_giver", "russia"),
        ("Chinese drones for Russia", "china", "russia"),
        ("Arms for Moscow: no answer from anyone", None, "russia"),
        ("Russia's war is bankrolled by China", "china", "russia"),
        ("China's support for Russia alarms neighbours", "china", "russia"),
        ("Russia buys machine tools from China", "china", "russia"),
        ("Chinese chips found in Russian missiles", "china", "russia"),
        ("It is the US that sends weapons to Ukraine", "west", "ukraine"),
        ("Russia has asked China for drones", "china", "russia"),
        ("Weapons supplied to Russia by North Korea", "other_giver", "russia"),
        ("Beijing supplies Moscow with chips for its war in Ukraine", "china", "russia"),
        ("Russia supplies China with gas", "russia", "china"),
        ("Chinese-made drones used by Ukraine", "china", "ukraine"),
    ],
)
def test_roles_are_found_in_every_voice(text: str, giver: str | None, receiver: str | None) -> None:
    found = [(frame.giver, frame.receiver) for frame in frames(analyse(text).sentences[0])]
    assert (giver, receiver) in found


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("China denies arming Russia", "denial"),
        ("Beijing will not sell weapons to Russia", "negation"),
        ("Beijing hasn't sent Russia any weapons", "negation"),
        ("China has supplied no weapons to Russia", "negation"),
        ("US accuses China of supplying drones to Russia", "accusation"),
        ("No evidence that Beijing has sent aid to Moscow", "no_evidence"),
        ("US sanctions Chinese firms for aiding Russia", "sanction"),
        ("Scholz warns China against supplying Russia", "warning"),
        ("NATO urges China to stop helping Russia", "stopping"),
        ("China considers arming Russia", "considering"),
        ("If China arms Russia, Europe will act", "condition"),
    ],
)
def test_signals_that_govern_an_act_are_on_its_frame(text: str, signal: str) -> None:
    assert signal in first(text).signals


def test_a_signal_after_the_act_does_not_govern_it() -> None:
    frame = first("China arms Russia, says Pentagon, which denies arming Taiwan")
    assert "denial" not in frame.signals
    assert "denial" in frame.after


def test_the_parts_of_a_frame_are_tokens_of_the_sentence() -> None:
    sentence = analyse("On Monday Beijing sent drones to Moscow").sentences[0]
    frame = frames(sentence)[0]
    parts = (frame.giver_hit, frame.anchor, frame.receiver_hit)
    assert [sentence.tokens[hit.first].form for hit in parts if hit] == ["beijing", "sent", "moscow"]


def test_a_sentence_without_actors_has_no_frame() -> None:
    assert frames(analyse("They sent weapons to the front").sentences[0]) == []
