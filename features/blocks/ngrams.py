"""Word and character n-grams of documents, weighted by tf-idf."""

from collections.abc import Callable, Iterator

from features.blocks.vocabulary import CompactTfidf
from features.document import Document, Sentence
from features.scene import SIDES

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
            words = self.words_of(sentence)
            for size in range(shortest, longest + 1):
                grams.extend(" ".join(words[i : i + size]) for i in range(len(words) - size + 1))
        return grams

    def words_of(self, sentence: Sentence) -> list[str]:
        """Return the words that n-grams are made of."""
        return [SPELLED_OUT.get(word, word) for word in sentence.words if is_word(word)]


class MaskedWordNgrams(WordNgrams):
    """Word n-grams with names masked: whoever is named stands as his side, and every figure as ``0``.

    "Beijing denies arming Moscow" and "China denies arming Russia" are one: ``CHINA denies arming RUSSIA``.
    """

    def words_of(self, sentence: Sentence) -> list[str]:
        """Return the words that n-grams are made of, names and figures masked."""
        sides = {hit.first: hit for hit in sentence.hits if hit.tag in _SIDES}
        words: list[str] = []
        place = 0
        for number, word in enumerate(sentence.words):
            if number < place:
                continue
            if (named := sides.get(number)) is not None:
                place = named.last
                words.append(named.tag.upper())
            elif is_word(word):
                words.append("0" if word[0].isdigit() else SPELLED_OUT.get(word, word))
        return words


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


_SIDES = frozenset(SIDES)
