"""The model: raw texts to calibrated stance probabilities, as one scikit-learn pipeline."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.model_selection import GroupKFold, StratifiedKFold
from sklearn.pipeline import FeatureUnion, Pipeline

from features.blocks.cues import CueCounts
from features.blocks.frames import FrameFeatures
from features.blocks.lexicon import LexiconTags
from features.blocks.ngrams import CharNgrams, MaskedWordNgrams, WordNgrams
from features.blocks.shape import TextShape
from features.blocks.tags import TagNgrams
from features.blocks.tweets import TweetChars, TweetWords
from features.calibration import Probabilities, fit_temperature, shift_prior, temper
from features.document import Document
from features.labels import NEUTRAL
from features.passages import VIEWS, fit_weights, is_long, passages, pool, views
from features.reader import DocumentReader
from features.topic import off_topic_reason

OFF_TOPIC_NEUTRAL = 0.98

Views = NDArray[np.float64]
Rows = NDArray[np.intp]

BLOCKS: dict[str, BaseEstimator] = {
    "words": WordNgrams(ngram_range=(1, 2), min_df=2, sublinear_tf=True, dtype=np.float64),
    "masked_words": MaskedWordNgrams(ngram_range=(1, 3), min_df=2, sublinear_tf=True, dtype=np.float64),
    "chars": CharNgrams(ngram_range=(2, 5), min_df=3, sublinear_tf=True, dtype=np.float64),
    "cues": CueCounts(),
    "frames": FrameFeatures(),
    "tags": TagNgrams(ngram_range=(1, 4), min_df=3, sublinear_tf=True, dtype=np.float64),
    "tweet_words": TweetWords(ngram_range=(1, 3), sublinear_tf=True, dtype=np.float64),
    "tweet_chars": TweetChars(ngram_range=(2, 5), min_df=2, sublinear_tf=True, dtype=np.float64),
    "shape": TextShape(),
    "lexicon": LexiconTags(),
}


def block_pipeline(blocks: Sequence[str], classifier: ClassifierMixin) -> Pipeline:
    """Return a pipeline from documents to a classifier's probabilities over the named feature blocks.

    Raises:
        ValueError: a block of that name does not exist.
    """
    unknown = [name for name in blocks if name not in BLOCKS]
    if unknown:
        raise ValueError(f"no feature block {unknown[0]!r}; there are {sorted(BLOCKS)}")
    union = FeatureUnion([(name, clone(BLOCKS[name])) for name in blocks])
    return Pipeline([("features", union), ("classifier", classifier)])


def make_model(
    base: ClassifierMixin,
    prior: Mapping[str, float] | None = None,
    prior_strength: float = 0.0,
    calibration_folds: int = 5,
    topic_gate: bool = True,
) -> Pipeline:
    """Return an unfitted model over raw texts around ``base``, a classifier over documents."""
    stance = StanceClassifier(base, prior, prior_strength, calibration_folds, topic_gate)
    return Pipeline([("documents", DocumentReader()), ("stance", stance)])


class StanceClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Calibrates a classifier over documents, shifts its prior, and keeps off-topic texts neutral.

    Args:
        base: a classifier over a list of documents.
        prior: label to its share of real traffic, or ``None`` for no shift.
        prior_strength: how far the prior is shifted, from 0 to 1.
        calibration_folds: folds whose held-out probabilities the temperature is fitted on.
        topic_gate: whether texts that ``features.topic`` finds off topic are kept neutral; for another claim
            than the project's they are not.

    Attributes:
        classes_: the labels in the order of the columns of ``predict_proba`` (sorted).
        view_weights_: what each view of a long text counts for; see ``features.passages``.
        temperature_: the temperature found.
        learned_prior_: mean held-out probability of each class: the prior that the base has learned.
        out_of_fold_: calibrated held-out probabilities of the training texts, before the prior's shift, in
            their order; shape ``(texts, classes)``. Kept for evaluation; ``forget_training`` drops it.
    """

    topic_gate = True  # of models that were saved before it was a parameter

    def __init__(
        self,
        base: ClassifierMixin,
        prior: Mapping[str, float] | None = None,
        prior_strength: float = 0.0,
        calibration_folds: int = 5,
        topic_gate: bool = True,
    ) -> None:
        self.base = base
        self.prior = prior
        self.prior_strength = prior_strength
        self.calibration_folds = calibration_folds
        self.topic_gate = topic_gate

    def fit(self, documents: list[Document], y: Any, groups: Sequence[str] | None = None) -> Self:
        """Fit on documents and their labels; calibration folds never split a group of texts."""
        labels = np.asarray(y)
        self.classes_, rows = np.unique(labels, return_inverse=True)
        held_out, seen, long_rows = self._held_out(documents, labels, groups)
        self.view_weights_ = fit_weights(seen, rows[long_rows])
        if len(long_rows):
            held_out[long_rows] = pool(seen, self.view_weights_)
        self.temperature_ = fit_temperature(held_out, rows)
        self.out_of_fold_ = temper(held_out, self.temperature_)
        self.learned_prior_ = self.out_of_fold_.mean(axis=0)
        self.base_ = clone(self.base).fit(documents, labels)
        return self

    def predict_proba(self, documents: list[Document]) -> Probabilities:
        """Return final probabilities, shape ``(documents, classes)``, each row summing to 1."""
        return self.answer(documents)[0]

    def answer(self, documents: list[Document]) -> tuple[Probabilities, list[str | None]]:
        """Return what ``predict_proba`` does, and why each document is off topic (``None`` where it is not)."""
        if not documents:
            return np.zeros((0, len(self.classes_))), []
        probabilities, seen, long_rows = self._read(self.base_, documents)
        if len(long_rows):
            probabilities[long_rows] = pool(seen, self.view_weights_)
        probabilities = self.shifted(temper(probabilities, self.temperature_))
        reasons = [off_topic_reason(document) if self.topic_gate else None for document in documents]
        probabilities[[reason is not None for reason in reasons]] = self._off_topic()
        return probabilities, reasons

    def predict(self, documents: list[Document]) -> NDArray[np.str_]:
        """Return the most probable label of each document."""
        return np.asarray(self.classes_[self.predict_proba(documents).argmax(axis=1)])

    def shifted(self, probabilities: Probabilities) -> Probabilities:
        """Return calibrated probabilities with the deployment prior applied; same shape."""
        if not self.prior or not self.prior_strength:
            return probabilities
        target = np.array([self.prior[label] for label in self.classes_])
        return shift_prior(probabilities, self.learned_prior_, target, self.prior_strength)

    def forget_training(self) -> None:
        """Drop what was kept of the training texts, before the model is saved."""
        self.__dict__.pop("out_of_fold_", None)

    def _read(self, base: ClassifierMixin, documents: list[Document]) -> tuple[Probabilities, Views, Rows]:
        """Return the base's probabilities of documents, the views of the long ones among them, and their rows."""
        long_rows = np.flatnonzero([is_long(document) for document in documents])
        parts = [passages(documents[row]) for row in long_rows]
        together = np.asarray(base.predict_proba([*documents, *chain.from_iterable(parts)]))
        whole = together[: len(documents)]
        if not parts:
            return whole, np.zeros((0, len(VIEWS), len(self.classes_))), long_rows
        read = np.split(together[len(documents) :], np.cumsum([len(part) for part in parts])[:-1])
        neutral = int(np.flatnonzero(self.classes_ == NEUTRAL)[0])
        seen = [views(whole[row], part, neutral) for row, part in zip(long_rows, read, strict=True)]
        return whole, np.stack(seen), long_rows

    def _held_out(
        self, documents: list[Document], labels: NDArray[np.str_], groups: Sequence[str] | None
    ) -> tuple[Probabilities, Views, Rows]:
        """Return what ``_read`` does, for each document by a base that was fitted without its fold."""
        whole = np.zeros((len(documents), len(self.classes_)))
        seen, long_rows = [], []
        for train, test in self._folds(groups).split(documents, labels, groups):
            base = clone(self.base).fit([documents[row] for row in train], labels[train])
            whole[test], views_of_fold, rows = self._read(base, [documents[row] for row in test])
            seen.append(views_of_fold)
            long_rows.append(test[rows])
        return whole, np.concatenate(seen), np.concatenate(long_rows)

    def _folds(self, groups: Sequence[str] | None) -> Any:
        if groups is not None and len(set(groups)) >= self.calibration_folds:
            return GroupKFold(self.calibration_folds)
        return StratifiedKFold(self.calibration_folds, shuffle=True, random_state=0)

    def _off_topic(self) -> Probabilities:
        rest = (1 - OFF_TOPIC_NEUTRAL) / (len(self.classes_) - 1)
        return np.where(self.classes_ == NEUTRAL, OFF_TOPIC_NEUTRAL, rest)
