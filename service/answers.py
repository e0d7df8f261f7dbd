"""Turns what the features say about a text into the bodies of the HTTP contract."""

from typing import Any

from features.evidence import SentenceEvidence
from service.batching import Scored
from service.schemas import CueFound, ModelName, Probabilities, SentenceStance
from service.served import ServedModel


def fields(scored: Scored) -> dict[str, Any]:
    """Arguments of a ``StanceResult``; ``reason`` and ``sentences`` only where there is something to say."""
    answer = scored.answer
    said: dict[str, Any] = {
        "stance": answer.stance,
        "probabilities": Probabilities(**answer.probabilities),
        "on_topic": answer.on_topic,
    }
    if answer.reason is not None:
        said["reason"] = answer.reason
    if scored.evidence is not None:
        said["sentences"] = [sentence(evidence) for evidence in scored.evidence]
    return said


def sentence(evidence: SentenceEvidence) -> SentenceStance:
    """One sentence with its cues."""
    return SentenceStance(
        start=evidence.start,
        end=evidence.end,
        text=evidence.text,
        stance=evidence.stance,
        probabilities=Probabilities(**evidence.probabilities),
        weight=evidence.weight,
        speaker=evidence.speaker,
        cues=[CueFound(start=cue.start, end=cue.end, text=cue.text, feature=cue.feature) for cue in evidence.cues],
    )


def model_name(served: ServedModel) -> ModelName:
    """Name and version of the model that answered."""
    return ModelName(name=served.manifest.name, version=served.manifest.version)
