"""Long texts: the stance of a whole article from that of its headline, its lead and its sentences.

The same model reads the whole text, the headline, the lead and every sentence; what each of these views counts
for is learned from texts whose label is known. The codebook's rule for articles (headline and lead first, then
the larger and the last word) is thus fitted rather than decreed, by a log-linear opinion pool (Genest and Zidek
1986, "Combining probability distributions", section 3) with one weight for each view.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from features.document import Document, Sentence

VIEWS: Final = ("whole", "headline", "lead", "sentences", "last word")
LEAST_SENTENCES: Final = 4
LEAST_TOKENS: Final = 80

_LEAD_SENTENCES: Final = 3
_LEAST: Final = 1e-6
_PENALTY: Final = 2.0

Array = NDArray[np.float64]


def is_long(document: Document) -> bool:
    """Return whether a text is long enough to be read in passages."""
    sentences = document.sentences
    return len(sentences) >= LEAST_SENTENCES and sum(len(s.words) for s in sentences) >= LEAST_TOKENS


def passages(document: Document) -> list[Document]:
    """Return the lead of a text, then each of its sentences, as documents; offsets stay those of the text."""
    lead = excerpt(document, document.sentences[:_LEAD_SENTENCES])
    return [lead, *(excerpt(document, (sentence,)) for sentence in document.sentences)]


def excerpt(document: Document, sentences: Sequence[Sentence]) -> Document:
    """Return a document of some sentences of another; its sentences keep their offsets."""
    normal = " ".join(document.normal[sentence.start : sentence.end] for sentence in sentences)
    return Document(document.text, normal, tuple(sentences))


def views(whole: Array, parts: Array, neutral: int) -> Array:
    """Return the log probabilities of each of ``VIEWS``, shape ``(views, classes)``.

    Args:
        whole: probabilities of the whole text, shape ``(classes,)``.
        parts: those of its passages, in their order, shape ``(passages, classes)``.
        neutral: the column of the neutral class: a sentence counts in the measure in which it is not neutral.
    """
    logs = np.log(np.clip(parts, _LEAST, 1.0))
    sentences, relevance = logs[1:], 1.0 - parts[1:, neutral] + 0.05
    mean = relevance @ sentences / relevance.sum()
    later = relevance * np.linspace(0.0, 1.0, len(relevance)) ** 2
    last = later @ sentences / later.sum()
    return np.vstack([np.log(np.clip(whole, _LEAST, 1.0)), logs[1], logs[0], mean, last])


def pool(seen: Array, weights: Array) -> Array:
    """Return pooled probabilities: views of shape ``(texts, views, classes)`` to ``(texts, classes)``."""
    return np.asarray(softmax(np.einsum("v,tvc->tc", weights, seen), axis=1), dtype=np.float64)


def fit_weights(seen: Array, rows: NDArray[np.intp]) -> Array:
    """Return the weights of the views that minimise the log loss, shape ``(views,)``, none negative.

    Starts from, and is drawn by a quadratic penalty to, the whole text alone.

    Args:
        seen: views of held-out texts, shape ``(texts, views, classes)``.
        rows: the true class of each text, as a column's number.
    """
    start = np.zeros(len(VIEWS))
    start[0] = 1.0
    if not len(seen):
        return start
    picked = np.arange(len(rows))

    def loss(weights: Array) -> float:
        scores = log_softmax(np.einsum("v,tvc->tc", weights, seen), axis=1)
        return -float(scores[picked, rows].sum()) + _PENALTY * float(((weights - start) ** 2).sum())

    found = minimize(loss, start, method="L-BFGS-B", bounds=[(0.0, None)] * len(VIEWS))
    return np.asarray(found.x, dtype=np.float64)
