"""The trial: the default candidate as it is, with the encoder as one more voter, and the encoder alone."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from sklearn.base import ClassifierMixin
from sklearn.ensemble import VotingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from threadpoolctl import threadpool_limits

from features.document import Document, analyse
from features.labels import LABELS
from features.passages import is_long, passages
from training.bootstrap import Interval, paired_difference, score_interval
from training.candidates import VOTE, Plan, build_model
from training.corpus import Corpus
from training.encoder.encoder import Encoder
from training.encoder.vectors import EncodedClaims, Memory, claim, whole
from training.evaluate import read_items
from training.scored import IntArray, Scored, answered_documents, from_probabilities, in_label_order

NEEDED = 0.03  # of macro-F1 on real texts, for the encoder to be taken
STRENGTH = 8.0
SAMPLE = 200

CHAMPION, WITH_ENCODER, ALONE = "champion", "with encoder", "encoder alone"


@dataclass(frozen=True)
class Held:
    """Labelled texts that are answered and never fitted on: one entry of each field a text."""

    name: str
    documents: list[Document]
    truth: IntArray
    groups: Sequence[str | int]

    @classmethod
    def of(cls, corpus: Corpus) -> "Held":
        """Take over the frozen split."""
        return cls("frozen split", corpus.documents, corpus.truth, corpus.groups)

    @classmethod
    def read(cls, file: Path) -> "Held":
        """Read labelled texts; one without a group is a group of its own.

        Raises:
            CorpusError: the file is missing or empty, or a line has no text and label.
        """
        items = read_items(file)
        truth = np.array([LABELS.index(item["label"]) for item in items], dtype=np.int64)
        groups = [item.get("group") or row for row, item in enumerate(items)]
        return cls(file.stem, [analyse(item["text"]) for item in items], truth, groups)


@dataclass(frozen=True)
class Tried:
    """A model fitted on the training split: held-out answers for it, those for each of the other sets, and the cost."""

    name: str
    cross_validated: Scored
    answers: tuple[Scored, ...]
    cpu_seconds: float


@dataclass(frozen=True)
class Outcome:
    """What came of a trial on one set of texts: macro-F1 of each model, and the differences to the champion."""

    texts: str
    macro_f1: dict[str, Interval]
    differences: dict[str, Interval]


def to_encode(documents: Sequence[Document]) -> list[str]:
    """Return every text that models will ask the encoder for: of documents, and of the passages of long ones."""
    parts = chain.from_iterable(passages(document) for document in documents if is_long(document))
    return [read(document) for document in chain(documents, parts) for read in (whole, claim)]


def bases(plan: Plan, memory: Memory, seed: int, strength: float = STRENGTH) -> dict[str, ClassifierMixin]:
    """Return the classifiers over documents that are compared, unfitted; in a vote all members count alike."""
    candidate = plan.candidate(plan.default)
    champion = build_model(candidate, plan, seed)[-1].base
    classifier = LogisticRegression(C=strength, class_weight="balanced", max_iter=400, tol=0.001)
    encoder = Pipeline([("features", EncodedClaims(memory)), ("classifier", classifier)])
    members = champion.estimators if candidate.classifier == VOTE else [(candidate.name, champion)]
    return {
        CHAMPION: champion,
        WITH_ENCODER: VotingClassifier([*members, ("encoder", encoder)], voting="soft"),
        ALONE: encoder,
    }


def fit(name: str, base: ClassifierMixin, plan: Plan, train: Corpus, held: Sequence[Held]) -> Tried:
    """Fit a classifier as candidates are fitted, with their folds, calibration and prior, and answer every set."""
    model = build_model(plan.candidate(plan.default), plan, seed=0).set_params(stance__base=base)
    stance = model[-1]
    start = time.process_time()
    with threadpool_limits(limits=1):
        stance.fit(train.documents, train.labels, groups=train.batches)
        seconds = time.process_time() - start
        answers = tuple(answered_documents(model, texts.documents, texts.truth) for texts in held)
    validated = from_probabilities(train.truth, in_label_order(stance.out_of_fold_, stance.classes_))
    return Tried(name, validated, answers, seconds)


def outcomes(tried: Sequence[Tried], held: Sequence[Held]) -> list[Outcome]:
    """Compare all that were tried with the first of them, on each set of texts."""
    champion, *others = tried
    return [
        Outcome(
            texts.name,
            {one.name: score_interval(one.answers[at], texts.groups) for one in tried},
            {one.name: paired_difference(one.answers[at], champion.answers[at], texts.groups) for one in others},
        )
        for at, texts in enumerate(held)
    ]


def milliseconds(encoder: Encoder, documents: Sequence[Document]) -> float:
    """Return what encoding adds to an answer, in ms of processor time a text, over up to ``SAMPLE`` texts."""
    sample = documents[:SAMPLE]
    start = time.process_time()
    for document in sample:
        for text in {whole(document), claim(document)}:
            encoder.encode(text)
    return 1000 * (time.process_time() - start) / len(sample)
