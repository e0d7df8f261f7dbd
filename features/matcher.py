"""Every lexicon entry found in one pass over the tokens, by a trie with one-word wildcards."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from features.lexicon import lexicon
from features.lexicon.patterns import ANY_WORD


class Hit(NamedTuple):
    """A lexicon entry found: its tag, and the range of tokens ``[first, last)`` that it covers."""

    tag: str
    first: int
    last: int


class _Node:
    __slots__ = ("next", "tags")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.tags: tuple[str, ...] = ()


@cache
def _trie() -> _Node:
    root = _Node()
    for tag, forms in lexicon().items():
        for form in forms:
            node = root
            for word in form:
                node = node.next.setdefault(word, _Node())
            node.tags = (*node.tags, tag)
    return root


def find(words: Sequence[str]) -> list[Hit]:
    """Return the hits among the forms of tokens in order of their first: for each tag the longest at a place.

    A hit of a tag that lies within an earlier hit of the same tag is left out. Linear in the number of tokens,
    as each place is followed no further than the longest entry.
    """
    root = _trie().next
    hits: list[Hit] = []
    covered: dict[str, int] = {}
    for first, node in enumerate(map(root.get, words)):
        if node is None:
            continue
        for tag, last in _longest(node, words, first + 1).items():
            if covered.get(tag, 0) < last:
                covered[tag] = last
                hits.append(Hit(tag, first, last))
    return hits


def _longest(node: _Node, words: Sequence[str], place: int) -> dict[str, int]:
    """Follow the trie from ``node``, which took the token before ``place``: tag to end of its longest match."""
    found = dict.fromkeys(node.tags, place)
    states = [node]
    while place < len(words):
        word = words[place]
        place += 1
        steps = (word, ANY_WORD) if word[0].isalnum() else (word,)
        states = [state.next[step] for state in states for step in steps if step in state.next]
        if not states:
            break
        for state in states:
            for tag in state.tags:
                found[tag] = place
    return found
