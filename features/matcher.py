"""Every lexicon entry found in one pass over the tokens, by a trie with one-word wildcards."""

from dataclasses import dataclass
from functools import cache

from features.lexicon import lexicon
from features.lexicon.patterns import ANY_WORD


@dataclass(init=False, unsafe_hash=True, slots=True)
class Hit:
    """A lexicon entry found: its tag, and the range of tokens ``[first, last)`` that it covers."""

    tag: str
    first: int
    last: int

    def __init__(self, tag: str, first: int, last: int) -> None:
        self.tag = tag
        self.first = first
        self.last = last

    def __reduce__(self) -> tuple[type["Hit"], tuple[str, int, int]]:
        """Pickle a compiled hit too, which has no state that Python sees."""
        return Hit, (self.tag, self.first, self.last)


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


def find(words: tuple[str, ...]) -> list[Hit]:
    """Return the hits among the forms of tokens in order of their first: for each tag the longest at a place.

    A hit of a tag that lies within an earlier hit of the same tag is left out. Linear in the number of tokens,
    as each place is followed no further than the longest entry.
    """
    root = _trie().next
    hits: list[Hit] = []
    covered: dict[str, int] = {}
    for first, word in enumerate(words):
        node = root.get(word)
        if node is None:
            continue
        if node.next and first + 1 < len(words) and (words[first + 1] in node.next or ANY_WORD in node.next):
            for tag, last in _longest(node, words, first + 1).items():
                if covered.get(tag, 0) < last:
                    covered[tag] = last
                    hits.append(Hit(tag, first, last))
        else:
            for tag in node.tags:
                if covered.get(tag, 0) <= first:
                    covered[tag] = first + 1
                    hits.append(Hit(tag, first, first + 1))
    return hits


def _longest(node: _Node, words: tuple[str, ...], place: int) -> dict[str, int]:
    """Follow the trie from ``node``, which took the token before ``place``: each tag and its longest match's end."""
    found = dict.fromkeys(node.tags, place)
    states = _step([node], words, place)
    while states:
        place += 1
        for state in states:
            for tag in state.tags:
                found[tag] = place
        states = _step(states, words, place)
    return found


def _step(states: list[_Node], words: tuple[str, ...], place: int) -> list[_Node]:
    """Return the nodes that the token at ``place`` leads to."""
    if place == len(words):
        return []
    word = words[place]
    after: list[_Node] = []
    for state in states:
        if word in state.next:
            after.append(state.next[word])
        if ANY_WORD in state.next and word[0].isalnum():
            after.append(state.next[ANY_WORD])
    return after
