"""What the corpus has to keep to: every limit in one place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

APART = frozenset({"start", "contrast"})  # the first texts, and the contrast sets: short by design, counted apart


def _shares(**shares: float) -> Mapping[str, float]:
    return MappingProxyType(shares)


@dataclass(frozen=True)
class Limits:
    """Limits on the texts beside the batches of ``APART``; shares are from 0 to 1.

    Attributes:
        texts: how many there are at least.
        articles: how many of them are articles at least.
        labels: share of each label among them, give or take ``tolerance``.
        kinds: share of each kind among those that are no articles, give or take ``tolerance``.
        words: fewest and most words (between blanks) of each kind; ``stray`` of its texts may lie outside.
        tolerance: by how much a share may miss what is wanted.
        plain_neutral: least share of the neutral texts that is plain news naming China and Russia.
        deny_headlines: how many headlines labelled deny there are at least.
        replies: how many of them answer an accusation without a word of denial or negation at least.
        arguments: how many of them argue from reluctance or interest at least.
        years: every one of them occurs.
        test: share of the test split, give or take ``tolerance``.
        jaccard: most that two texts of one label, or of both sides of the split, may share of their words.
        opening: most that may begin with the same three words, as a share of the texts.
        surface: a classifier that reads the surface alone stays under this macro-F1.
        kappa: Cohen's kappa of each kind before any text was dropped is at least this.
        outside: a text with this Jaccard similarity to, or containment in, a text kept outside is a near copy.
    """

    texts: int = 6000
    articles: int = 250
    labels: Mapping[str, float] = field(default_factory=lambda: _shares(support=0.28, deny=0.20, neutral=0.52))
    kinds: Mapping[str, float] = field(
        default_factory=lambda: _shares(headline=0.35, sentence=0.30, summary=0.20, paragraph=0.10)
    )
    words: Mapping[str, tuple[int, int]] = field(
        default_factory=lambda: MappingProxyType(
            {
                "headline": (4, 24),
                "sentence": (8, 60),
                "summary": (30, 70),
                "paragraph": (70, 150),
                "article": (150, 500),
            }
        )
    )
    stray: float = 0.02
    tolerance: float = 0.03
    plain_neutral: float = 0.40
    deny_headlines: int = 400
    replies: int = 200
    arguments: int = 100
    years: range = range(2022, 2027)
    test: float = 0.15
    jaccard: float = 0.5
    opening: float = 0.003
    surface: float = 0.45
    kappa: float = 0.80
    outside: float = 0.5
