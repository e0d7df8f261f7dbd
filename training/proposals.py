"""Which feedback is worth a reviewer's time first: what the model is unsure of, and what the corpus lacks.

Active learning in its plainest form: uncertainty sampling by entropy (Settles 2009, "Active learning literature
survey", section 3.1), with a measure of novelty beside it, so that not only border cases of the known come up.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import entropy
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import Pipeline

from features.answer import Answer, score
from features.labels import LABELS
from features.text import normalise
from training.corpus import Corpus
from training.feedback import Item
from training.record import Record

ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Proposal:
    """Feedback with the present model's view of it.

    Attributes:
        item: what readers said.
        answer: the model's answer now.
        uncertainty: entropy of its probabilities, from 0 to 1.
        novelty: distance to the nearest text of the corpus, from 0 to 1.
        nearest: that text.
    """

    item: Item
    answer: Answer
    uncertainty: float
    novelty: float
    nearest: Record

    @property
    def urgency(self) -> float:
        """How early it is proposed: uncertainty and novelty count alike."""
        return self.uncertainty + self.novelty


class Neighbours:
    """The nearest text of a corpus, by cosine of tf-idf over words and pairs of words."""

    def __init__(self, corpus: Corpus) -> None:
        self._records = corpus.records
        self._tfidf = TfidfVectorizer(preprocessor=normalise, ngram_range=(1, 2), sublinear_tf=True)
        self._known = self._tfidf.fit_transform(corpus.texts).T.tocsr()

    def nearest(self, texts: Sequence[str]) -> list[tuple[float, Record]]:
        """For each text, the cosine of the nearest record, from 0 to 1, and that record."""
        found: list[tuple[float, Record]] = []
        for start in range(0, len(texts), ROWS_AT_ONCE):
            cosines = self._tfidf.transform(texts[start : start + ROWS_AT_ONCE]) @ self._known
            places = np.asarray(cosines.argmax(axis=1)).ravel()
            found += [(float(cosines[row, place]), self._records[place]) for row, place in enumerate(places)]
        return found


def propose(items: Sequence[Item], model: Pipeline, corpus: Corpus) -> list[Proposal]:
    """Return the items in the order in which a reviewer had best look at them."""
    if not items:
        return []
    texts = [item.text for item in items]
    nearest = Neighbours(corpus).nearest(texts)
    proposals = [
        Proposal(item, answer, uncertainty(answer), 1 - cosine, record)
        for item, answer, (cosine, record) in zip(items, score(model, texts), nearest, strict=True)
    ]
    return sorted(proposals, key=lambda proposal: -proposal.urgency)


def uncertainty(answer: Answer) -> float:
    """Entropy of an answer's probabilities as a share of the highest there can be."""
    return float(entropy(list(answer.probabilities.values())) / np.log(len(LABELS)))
