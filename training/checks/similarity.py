"""Texts as sets of words or word sequences, and all pairs of them that are alike."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

Words = frozenset[str]
Shingles = frozenset[tuple[str, ...]]

SHINGLE = 3
SLICE = 500

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts by their places, and their similarity from 0 to 1."""

    first: int
    second: int
    similarity: float


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, in order; marks are left out."""
    return _WORD.findall(text.casefold())


def shingles(text: str) -> Shingles:
    """Return the sequences of three words of a text; a shorter text is one sequence."""
    found = words(text)
    return frozenset(tuple(found[place : place + SHINGLE]) for place in range(max(1, len(found) - SHINGLE + 1)))


def containment(first: Shingles, second: Shingles) -> float:
    """Return the share of the smaller set that the larger has too, from 0 to 1.

    Broder (1997), "On the resemblance and containment of documents", whichever way round is greater.
    """
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def near_pairs(sets: Sequence[Words], threshold: float) -> Iterator[Pair]:
    """Yield every two of some sets whose Jaccard similarity is at least ``threshold`` (above 0), ``first < second``."""
    return (pair for pair in near_across(sets, sets, threshold) if pair.first < pair.second)


def near_across(left: Sequence[Words], right: Sequence[Words], threshold: float) -> Iterator[Pair]:
    """Yield every set of ``left`` with every one of ``right`` as near as ``near_pairs`` says.

    The words that two sets share are counted for all of them at once, over an inverted index of ``right``: as a
    product of sparse matrices, a slice of ``left`` at a time so that memory stays small.
    """
    vocabulary = {word: column for column, word in enumerate(sorted(frozenset().union(*left, *right)))}
    rows, index = _matrix(left, vocabulary), _matrix(right, vocabulary).T.tocsr()
    sizes = np.array([len(held) for held in right], dtype=np.float32)
    for start in range(0, len(left), SLICE):
        shared = (rows[start : start + SLICE] @ index).toarray()
        own = np.array([len(held) for held in left[start : start + SLICE]], dtype=np.float32)
        similarity = shared / np.maximum(own[:, np.newaxis] + sizes - shared, 1)
        for row, column in zip(*np.nonzero(similarity >= threshold), strict=True):
            yield Pair(start + int(row), int(column), float(similarity[row, column]))


def _matrix(sets: Sequence[Words], vocabulary: Mapping[str, int]) -> csr_matrix:
    """Return a 1 for every word of every set: shape ``(sets, vocabulary)``."""
    columns = [vocabulary[word] for held in sets for word in held]
    bounds = np.cumsum([0, *(len(held) for held in sets)])
    return csr_matrix((np.ones(len(columns), dtype=np.float32), columns, bounds), (len(sets), len(vocabulary)))
