"""A model fit to answer: opened, warmed up, and shown to reproduce its golden texts."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import structlog

from features.answer import Answer, score_documents
from features.compiled import compile_model
from features.document import analyse
from features.evidence import SentenceEvidence, explain
from features.profile import known_words
from service.bundle import Bundle, BundleRefusedError, verify
from service.manifest import Manifest
from service.opening import open_model

TOLERANCE = 1e-6
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class ServedModel:
    """A model, the manifest it came with, and the words that it knows."""

    manifest: Manifest
    pipeline: Any
    words: frozenset[str] = frozenset()
    card: str = ""  # the model card, in Markdown

    def score(self, texts: list[str]) -> list[Answer]:
        """One answer a text, in order."""
        return score_documents(self.pipeline, [analyse(text) for text in texts])

    def explain(self, text: str) -> list[SentenceEvidence]:
        """The sentences of a text with the evidence in each."""
        return explain(self.pipeline, text)


def take_up(directory: Path, *, allow_joblib: bool) -> ServedModel:
    """Verify, open and prove the bundle in a directory, then compile, warm up and prove what will answer.

    Raises:
        BundleRefusedError: anything is not as its manifest says.
    """
    bundle = verify(directory)
    opened = ServedModel(bundle.manifest, open_model(bundle, allow_joblib=allow_joblib), card=bundle.card)
    prove(opened, bundle)
    served = replace(opened, pipeline=compile_model(opened.pipeline), words=known_words(opened.pipeline))
    if left := served.pipeline[-1].base_.uncompiled:
        log.warning("not all of the model is compiled", left=list(left))
    prove(served, bundle, "compiled: ")
    return served


def prove(served: ServedModel, bundle: Bundle, which: str = "") -> None:
    """Answer the golden texts, which also warms every path up, and compare within ``TOLERANCE``.

    Raises:
        BundleRefusedError: a stance or a probability differs; the reason starts with ``which``.
    """
    answers = served.score([golden.text for golden in bundle.golden])
    served.explain(bundle.golden[0].text)
    for number, (golden, answer) in enumerate(zip(bundle.golden, answers, strict=True), start=1):
        text = f"{which}golden text {number}"
        if golden.probabilities.keys() != answer.probabilities.keys():
            raise BundleRefusedError(f"{text} has probabilities for other labels")
        off = max(abs(answer.probabilities[label] - value) for label, value in golden.probabilities.items())
        if answer.stance != golden.stance or not off <= TOLERANCE:
            raise BundleRefusedError(f"{text} is not reproduced: off by {off:.2g}, allowed {TOLERANCE:g}")
