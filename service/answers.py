"""Turns what the features say about a text into the bodies of the HTTP contract."""

from math import isfinite
from typing import Any

from features.evidence import SentenceEvidence
from service.batching import Scored
from service.schemas import SentenceStance
from service.served import ServedModel


def fields(scored: Scored) -> dict[str, Any]:
    """The fields of a ``StanceResult``; ``reason`` and ``sentences`` only where there is something to say."""
    answer = scored.answer
    if not isfinite(sum(answer.probabilities.values())):
        raise ValueError("a probability is no number")
    said: dict[str, Any] = {
        "stance": answer.stance,
        "probabilities": answer.probabilities,
        "on_topic": answer.on_topic,
    }
    if answer.reason is not None:
        said["reason"] = answer.reason
    if scored.evidence is not None:
        said["sentences"] = [_sentence(evidence) for evidence in scored.evidence]
    return said


def model_name(served: ServedModel) -> dict[str, str]:
    """Name and version of the model that answered."""
    return {"name": served.manifest.name, "version": served.manifest.version}


def _sentence(evidence: SentenceEvidence) -> SentenceStance:
    return SentenceStance.model_validate(evidence, from_attributes=True)
