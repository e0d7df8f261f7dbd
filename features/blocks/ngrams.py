"""Word and character n-grams of documents, weighted by tf-idf."""

from collections.abc import Callable, Iterator

from features.blocks.vocabulary import CompactTfidf
from features.document import Document

SPELLED_OUT = {"n't": "not", "ca": "can", "wo": "will", "sha": "shall"}


class WordNgrams(CompactTfidf):
    """Tf-idf of word n-grams within sentences; contractions are spelled out, marks are dropped.

    Parameters are those of scikit-learn's ``TfidfVectorizer``; input is a sequence of ``Document``.
    """

    def build_analyzer(self) -> Callable[[Document], list[str]]:
        """Return the function from a document to its n-grams."""
        return self._analyse

    def _analyse(self, document: Document) -> list[str]:
        shortest, longest = self.ngram_range
        grams: list[str] = []
        for sentence in document.sentences:
            words = [SPELLED_OUT.get(word, word) for word in sentence.words if is_word(word)]
            for size in range(shortest, longest + 1):
                grams.extend(" ".join(words[i : i + size]) for i in range(len(words) - size + 1))
        return grams


def is_word(form: str) -> bool:
    """Return whether a token's form counts as a word; marks and what an apostrophe cuts off do not."""
    return form[0].isalnum() or form == "n't"


class CharNgrams(CompactTfidf):
    """Tf-idf of character n-grams within blank-separated words of the normalised text, edges padded.

    Parameters are those of scikit-learn's ``TfidfVectorizer``; input is a sequence of ``Document``.
    """

    def build_analyzer(self) -> Callable[[Document], list[str]]:
        """Return the function from a document to its n-grams."""
        return self._analyse

    def _analyse(self, document: Document) -> list[str]:
        return [gram for word in document.normal.split() for gram in self._grams(f" {word} ")]

    def _grams(self, word: str) -> Iterator[str]:
        shortest, longest = self.ngram_range
        for size in range(shortest, longest + 1):
            for place in range(max(1, len(word) - size + 1)):
                yield word[place : place + size]
            if len(word) <= size:
                return
