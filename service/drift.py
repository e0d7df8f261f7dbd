"""How far the traffic is from what the model was trained on: the words that it does not know.

Only every eighth text is looked at, and of it the beginning: a share needs no more, and costs a few microseconds.
"""

import itertools
import re

from service.metrics import Metrics

EVERY = 8
CHARACTERS = 2_000
WORD = re.compile(r"[a-z]+(?:[-.][a-z]+)*")  # numbers tell nothing, and contractions are spelled out by the model


class WordsSeen:
    """Counts known and unknown words of a sample of the texts, against the vocabulary of the model in use."""

    def __init__(self, metrics: Metrics) -> None:
        self._counts = {known: metrics.words.labels("yes" if known else "no") for known in (True, False)}
        self._turn = itertools.count()

    def look_at(self, text: str, vocabulary: frozenset[str]) -> None:
        """Count the words of a text, if it is this one's turn and the model has a vocabulary of words."""
        if next(self._turn) % EVERY or not vocabulary:
            return
        if words := WORD.findall(text[:CHARACTERS].lower()):
            known = sum(word in vocabulary for word in words)
            self._counts[True].inc(known)
            self._counts[False].inc(len(words) - known)
