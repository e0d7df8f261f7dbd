"""Why a text got its stance: its sentences with their own stance, weight, speaker and cues."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit
from sklearn.pipeline import Pipeline

from features.answer import Answer, score_documents
from features.document import Document, Sentence, analyse
from features.lexicon import silent_tags
from features.passages import excerpt
from features.speakers import speakers

_MOST_TRIED = 12


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
    """Return the evidence in ``text``, one entry for each sentence, in order; weights sum to 1.

    A sentence weighs what the log odds of the text's stance lose when it is taken out (leave-one-out, as in Li,
    Monroe and Jurafsky 2016, "Understanding neural networks through representation erasure"). Only the sentences
    that show the stance most by themselves are taken out, at most twelve, so that the cost is linear in the text.
    """
    document = analyse(text)
    if not document.sentences:
        return []
    answer = score_documents(model, [document])[0]
    alone = score_documents(model, [excerpt(document, (sentence,)) for sentence in document.sentences])
    weights = _weights(model, document, answer, alone)
    rows = zip(document.sentences, alone, weights, speakers(document), strict=True)
    return [_evidence(document, *row) for row in rows]


def _weights(model: Pipeline, document: Document, answer: Answer, alone: list[Answer]) -> NDArray[np.float64]:
    stance = answer.stance
    own = np.array([said.probabilities[stance] for said in alone])
    if len(own) == 1:
        return np.ones(1)
    tried = np.argsort(-own, kind="stable")[:_MOST_TRIED]
    rests = [excerpt(document, [s for n, s in enumerate(document.sentences) if n != left]) for left in tried]
    full = logit(_inside(answer.probabilities[stance]))
    without = logit([_inside(said.probabilities[stance]) for said in score_documents(model, rests)])
    losses = np.zeros(len(own))
    losses[tried] = np.maximum(full - without, 0.0)
    shares = losses if losses.any() else own
    return np.asarray(shares / shares.sum())


def _inside(probability: float) -> float:
    """Keep a probability away from 0 and 1, where log odds are infinite."""
    return min(max(probability, 1e-6), 1 - 1e-6)


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
    silent, tokens = silent_tags(), sentence.tokens
    spans = [
        (tokens[hit.first].start, tokens[hit.last - 1].end, hit.tag) for hit in sentence.hits if hit.tag not in silent
    ]
    return tuple(Cue(start, end, document.text[start:end], tag) for start, end, tag in spans)
