"""Blocks for short posts: hashtags, mentions, emoji and stretched words are kept, which plain n-grams drop."""

import re
from collections.abc import Callable

from features.blocks.vocabulary import CompactTfidf
from features.document import Document

LINK = "<link>"
STRETCHED = "<stretched>"

_TOKEN = re.compile(
    r"""
    https?://\S+
  | [@#]\w+
  | [^\W\d_]+(?:'[^\W\d_]+)*             # don't stays one word: "don't" and "do" lean to opposite sides
  | \d+(?:[.,:]\d+)*
  | [:;=8][-o*']?[)\](\[dp/\\|] | <3     # faces
  | [!?.]+
  | [^\w\s]                              # other marks, each emoji for itself
    """,
    re.VERBOSE,
)
_HUMP = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_HASHTAG = re.compile(r"#(\w+)")
_STRETCH = re.compile(r"([^\W\d_])\1{2,}")


class TweetWords(CompactTfidf):
    """Tf-idf of n-grams over the tokens of a post, and of the words that its hashtags are made of.

    Parameters are those of scikit-learn's ``TfidfVectorizer``; input is a sequence of ``Document``.
    """

    def build_analyzer(self) -> Callable[[Document], list[str]]:
        """Return the function from a document to its terms."""
        return self._analyse

    def _analyse(self, document: Document) -> list[str]:
        shortest, longest = self.ngram_range
        words = tweet_words(document.normal)
        sizes = range(shortest, longest + 1)
        grams = [" ".join(words[i : i + size]) for size in sizes for i in range(len(words) - size + 1)]
        return grams + hashtag_words(document)


class TweetChars(CompactTfidf):
    """Tf-idf of character n-grams over the whole normalised text, across blanks, each run of them as one.

    Parameters are those of scikit-learn's ``TfidfVectorizer``; input is a sequence of ``Document``.
    """

    def build_analyzer(self) -> Callable[[Document], list[str]]:
        """Return the function from a document to its n-grams."""
        return self._analyse

    def _analyse(self, document: Document) -> list[str]:
        shortest, longest = self.ngram_range
        text = f" {' '.join(document.normal.split())} "
        sizes = range(shortest, longest + 1)
        return [text[i : i + size] for size in sizes for i in range(len(text) - size + 1)]


def tweet_words(normal: str) -> list[str]:
    """Return the tokens of a normalised post; letters met three times or more stand twice, with a mark after."""
    words: list[str] = []
    for token in _TOKEN.findall(normal):
        if token.startswith("http"):
            words.append(LINK)
            continue
        short = _STRETCH.sub(r"\1\1", token)
        words += [short] if short == token else [short, STRETCHED]
    return words


def hashtag_words(document: Document) -> list[str]:
    """Return the words that capitals and digits show in hashtags: ``#SaveOurBees`` gives save, our, bees."""
    said = (document.text[sentence.start : sentence.end] for sentence in document.sentences)
    return [word.lower() for part in said for tag in _HASHTAG.findall(part) for word in _HUMP.findall(tag)]
