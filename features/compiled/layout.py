"""Where every sentence of a batch stands: whole texts and passages of them share sentences, which are read once."""

from collections.abc import Sequence

import numpy as np

from features.compiled.entries import Ints
from features.document import Document, Sentence


class Standings:
    """The rows in which each sentence stands, in some role."""

    def __init__(self, places: Ints, rows: Ints, sentences: int) -> None:
        self._rows = rows[places.argsort(kind="stable")]
        self._times = np.bincount(places, minlength=sentences)
        self._starts = self._times.cumsum() - self._times
        self._once = bool((self._times == 1).all())

    def spread(self, sentences: Ints, columns: Ints) -> tuple[Ints, Ints]:
        """Return what was found in sentences for the rows in which they stand: rows, and columns.

        Args:
            sentences: the place of a sentence for each thing found.
            columns: the columns found, of the same length.
        """
        if self._once:
            return self._rows[sentences], columns
        times = self._times[sentences]
        found = np.arange(len(sentences)).repeat(times)
        turns = np.arange(len(found)) - (times.cumsum() - times).repeat(times)
        return self._rows[self._starts[sentences].repeat(times) + turns], columns[found]


class Layout:
    """Documents, the sentences that stand in them, each once, and where they stand: anywhere, first, or later."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = documents
        known: dict[int, int] = {}
        self.sentences: list[Sentence] = []
        places: list[int] = []
        for document in documents:
            for sentence in document.sentences:
                place = known.setdefault(id(sentence), len(known))
                if place == len(self.sentences):
                    self.sentences.append(sentence)
                places.append(place)
        lengths = np.array([len(document.sentences) for document in documents], dtype=np.int64)
        starts = lengths.cumsum() - lengths
        where, rows = np.array(places, dtype=np.int64), np.arange(len(documents)).repeat(lengths)
        is_first = np.zeros(len(where), dtype=bool)
        is_first[starts[lengths > 0]] = True
        number = len(self.sentences)
        self.anywhere = Standings(where, rows, number)
        self.first = Standings(where[is_first], rows[is_first], number)
        self.later = Standings(where[~is_first], rows[~is_first], number)
