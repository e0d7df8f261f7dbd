"""What a classifier is trained for: a claim, the texts on it, and how answers are judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from training.corpus import Corpus, read_corpus
from training.metrics import MACRO_F1, Metric
from training.settings import Settings
from training.smoke import Article, as_records, read_articles

OWN = "China aids Russia"
USE = """\
Sorting and searching English texts about China, Russia and the war in Ukraine by their stance toward the
claim "China aids Russia": `support` (the text leaves the reader with the claim as true, likely or feared),
`deny` (false, unproven or not going to happen) or `neutral`. The label rules are in `seeds/codebook.md`."""
LIMITS = """\
- English only; texts that name neither side are answered `neutral` and marked `on_topic: false`.
- Labels follow one codebook; another reading of "aid" gives other labels."""


@dataclass(frozen=True)
class Claim:
    """One claim, its texts, and how a classifier for it is judged.

    Attributes:
        text: the claim, or the question, that texts take a stance on.
        corpus: the labelled texts of both splits.
        metric: what candidates are ranked by and the gate compares.
        use: for the model card: what a classifier is for, and under which rules texts are labelled.
        limits: for the model card: list items of what is peculiar to this claim.
        articles: those that a model ought to get right; the project's own claim has them, others have none.
        files: name to content; logged with every training.
    """

    text: str
    corpus: Corpus
    metric: Metric
    use: str
    limits: str
    articles: tuple[Article, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def train(self) -> Corpus:
        """What is learned from, sentences of annotated articles among it."""
        return self.corpus.to_learn_from()

    @cached_property
    def test(self) -> Corpus:
        """The frozen texts."""
        return self.corpus.split("test")


def own_claim(settings: Settings) -> Claim:
    """The project's own claim, on its corpus and the seed articles.

    Raises:
        CorpusError: the corpus breaks its schema.
    """
    articles = tuple(read_articles(settings.articles))
    corpus = Corpus((*read_corpus(settings.corpus).records, *as_records(articles)))
    return Claim(OWN, corpus, MACRO_F1, USE, LIMITS, articles)
