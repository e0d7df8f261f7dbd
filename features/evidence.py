"""Why a text got its stance: its sentences with their own stance, weight, speaker and cues."""

from dataclasses import dataclass

import numpy as np
from sklearn.pipeline import Pipeline

from features.answer import Answer, score_documents
from features.document import Document, Sentence, analyse
from features.labels import NEUTRAL
from features.lexicon import silent_tags
from features.speakers import speakers


@dataclass(frozen=True, slots=True)
class Cue:
    """A lexicon entry in the text: code-point offsets, the words, and the tag it belongs to."""

    start: int
    end: int
    text: str
    feature: str


@dataclass(frozen=True, slots=True)
class SentenceEvidence:
    """A sentence with its own stance; ``weight`` is its share in the text's stance, from 0 to 1."""

    start: int
    end: int
    text: str
    stance: str
    probabilities: dict[str, float]
    weight: float
    speaker: str | None
    cues: tuple[Cue, ...]


def explain(model: Pipeline, text: str) -> list[SentenceEvidence]:
    """Return the evidence in ``text``, one entry for each sentence, in order; weights sum to 1."""
    document = analyse(text)
    if not document.sentences:
        return []
    stance = score_documents(model, [document])[0].stance
    answers = score_documents(model, [_alone(document, sentence) for sentence in document.sentences])
    shares = np.array([_share(answer, stance) for answer in answers])
    weights = shares / shares.sum() if shares.any() else np.full(len(shares), 1 / len(shares))
    rows = zip(document.sentences, answers, weights, speakers(document), strict=True)
    return [_evidence(document, *row) for row in rows]


def _alone(document: Document, sentence: Sentence) -> Document:
    return Document(document.text, document.normal[sentence.start : sentence.end], (sentence,))


def _share(answer: Answer, stance: str) -> float:
    return answer.probabilities[stance] if stance == NEUTRAL or answer.on_topic else 0.0


def _evidence(
    document: Document, sentence: Sentence, answer: Answer, weight: float, speaker: str | None
) -> SentenceEvidence:
    return SentenceEvidence(
        start=sentence.start,
        end=sentence.end,
        text=document.text[sentence.start : sentence.end],
        stance=answer.stance,
        probabilities=answer.probabilities,
        weight=float(weight),
        speaker=speaker,
        cues=_cues(document, sentence),
    )


def _cues(document: Document, sentence: Sentence) -> tuple[Cue, ...]:
    silent = silent_tags()
    spans = [
        (sentence.tokens[hit.first].start, sentence.tokens[hit.last - 1].end, hit.tag)
        for hit in sentence.hits
        if hit.tag not in silent
    ]
    return tuple(Cue(start, end, document.text[start:end], tag) for start, end, tag in spans)
