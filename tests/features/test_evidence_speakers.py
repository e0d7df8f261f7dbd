"""Evidence by speaker: whose words carry the text, and what they hold."""

import pytest

from features.evidence import SentenceEvidence
from features.evidence_speakers import by_speaker


def said(speaker: str | None, weight: float, support: float, deny: float) -> SentenceEvidence:
    probabilities = {"support": support, "deny": deny, "neutral": 1 - support - deny}
    return SentenceEvidence(
        0, 1, "x", max(probabilities, key=probabilities.__getitem__), probabilities, weight, speaker, ()
    )


def test_speakers_come_by_weight_with_the_stance_of_what_they_say() -> None:
    rows = by_speaker([said("Kyiv", 0.3, 0.9, 0.0), said(None, 0.1, 0.9, 0.0), said("Mao Ning", 0.6, 0.1, 0.8)])
    assert rows == [("Mao Ning", "deny", 0.6), ("Kyiv", "support", 0.3)]


def test_a_weighty_sentence_outdoes_two_light_ones() -> None:
    rows = by_speaker([said("A", 0.1, 0.9, 0.0), said("A", 0.1, 0.9, 0.0), said("a", 0.8, 0.1, 0.8)])
    assert rows == [("A", "deny", pytest.approx(1.0))]


def test_sentences_without_weight_count_alike() -> None:
    assert by_speaker([said("A", 0.0, 0.2, 0.7), said("A", 0.0, 0.3, 0.6)]) == [("A", "deny", 0.0)]


def test_a_text_in_which_nobody_speaks_has_no_rows() -> None:
    assert by_speaker([said(None, 1.0, 0.5, 0.1)]) == []
