"""A model fit to answer: opened, warmed up, and shown to reproduce its golden texts."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from features.answer import Answer, score
from features.evidence import SentenceEvidence, explain
from service.bundle import Bundle, BundleRefusedError, verify
from service.manifest import Manifest
from service.opening import open_model

TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class ServedModel:
    """A model and the manifest it came with."""

    manifest: Manifest
    pipeline: Any

    def score(self, texts: list[str]) -> list[Answer]:
        """One answer a text, in order."""
        return score(self.pipeline, texts)

    def explain(self, text: str) -> list[SentenceEvidence]:
        """The sentences of a text with the evidence in each."""
        return explain(self.pipeline, text)


def take_up(directory: Path, *, allow_joblib: bool) -> ServedModel:
    """Verify, open, warm up and prove the bundle in a directory.

    Raises:
        BundleRefusedError: anything is not as its manifest says.
    """
    bundle = verify(directory)
    served = ServedModel(bundle.manifest, open_model(bundle, allow_joblib=allow_joblib))
    prove(served, bundle)
    return served


def prove(served: ServedModel, bundle: Bundle) -> None:
    """Answer the golden texts, which also warms every path up, and compare within ``TOLERANCE``.

    Raises:
        BundleRefusedError: a stance or a probability differs.
    """
    answers = served.score([golden.text for golden in bundle.golden])
    served.explain(bundle.golden[0].text)
    for number, (golden, answer) in enumerate(zip(bundle.golden, answers, strict=True), start=1):
        if golden.probabilities.keys() != answer.probabilities.keys():
            raise BundleRefusedError(f"golden text {number} has probabilities for other labels")
        off = max(abs(answer.probabilities[label] - value) for label, value in golden.probabilities.items())
        if answer.stance != golden.stance or not off <= TOLERANCE:
            raise BundleRefusedError(f"golden text {number} is not reproduced: off by {off:.2g}, allowed {TOLERANCE:g}")
