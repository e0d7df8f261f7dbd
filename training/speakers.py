"""How well speakers are found: precision and recall against the annotated articles."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from features.document import Document, analyse
from features.speakers import speakers
from training.corpus import Corpus
from training.errors import CorpusError, Problem

OVERLOOKED: Final = "speakers.jsonl"  # beside the annotations of the seed articles
SEEDS: Final = "seeds"

_WORD: Final = re.compile(r"[^\W_]+(?:[-.'’&][^\W_]+)*")  # noqa: RUF001
_JOINS: Final = frozenset({"of", "to", "in", "at", "for", "from", "on", "with"})


class Gold(NamedTuple):
    """A sentence that somebody is said to speak: code-point offsets and the speaker."""

    start: int
    end: int
    speaker: str


@dataclass(frozen=True, slots=True)
class Article:
    """An annotated article: its split and batch, its text, and its spoken sentences."""

    id: str
    split: str
    batch: str
    text: str
    spoken: tuple[Gold, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over sentences as the document splits them; sums of them are tallies of the whole."""

    sentences: int = 0
    spoken: int = 0
    found: int = 0
    both: int = 0
    right: int = 0
    exact: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        mine, theirs = _counts(self), _counts(other)
        return Tally(*(a + b for a, b in zip(mine, theirs, strict=True)))

    @property
    def figures(self) -> dict[str, float]:
        """Shares from 0 to 1: of the speakers named those that are right, and so on; 0 where there is none."""
        precision, recall = _share(self.right, self.found), _share(self.right, self.spoken)
        return {
            "precision": precision,
            "recall": recall,
            "f1": _share(2 * self.right, self.found + self.spoken),
            "exact": _share(self.exact, self.spoken),
            "span_precision": _share(self.both, self.found),
            "span_recall": _share(self.both, self.spoken),
            "name_accuracy": _share(self.right, self.both),
        }


def annotated(corpus: Corpus, annotations: Path) -> list[Article]:
    """Return the articles with annotated speakers: those of the corpus, and the seed articles.

    Raises:
        CorpusError: the annotations are there, and a text they name is not.
    """
    articles = [
        Article(
            record.id,
            record.split,
            record.batch or record.group,
            record.text,
            tuple(Gold(mark.start, mark.end, mark.speaker) for mark in record.sentences if mark.speaker),
        )
        for record in corpus.records
        if record.sentences
    ]
    return articles + list(_seed_articles(annotations))


def complete(articles: Sequence[Article], file: Path) -> list[Article]:
    """Return the articles that ``file`` was made for, with the attributions it says the annotators overlooked."""
    overlooked: dict[str, list[Gold]] = {}
    for line in _lines(file):
        row = json.loads(line)
        overlooked.setdefault(row["id"], []).append(Gold(row["start"], row["end"], row["speaker"]))
    reread = {article.batch for article in articles if article.id in overlooked}
    return [
        Article(a.id, a.split, a.batch, a.text, tuple(sorted([*a.spoken, *overlooked.get(a.id, [])])))
        for a in articles
        if a.batch in reread
    ]


def measure(article: Article) -> Tally:
    """Compare the speakers found in an article with those annotated, sentence by sentence."""
    document = analyse(article.text)
    total = Tally()
    for names, found in zip(_by_sentence(document, article.spoken), speakers(document), strict=True):
        said = found or ""
        right = bool(said) and any(same_name(said, name) for name in names)
        total += Tally(1, bool(names), bool(said), bool(said and names), right, said in names)
    return total


def same_name(one: str, other: str) -> bool:
    """Whether two ways to call a source share their head, whatever the case.

    A head is the last word, or the last before a preposition (``mission`` of ``Chinese mission to the EU``), or the
    acronym of the words in capitals; a family name alone is the same as a name of two words that begins with it.
    """
    short, long = sorted((one.lower().split(), other.lower().split()), key=len)
    family_first = len(short) == 1 and len(long) == 2 and short[0] == long[0]  # noqa: PLR2004
    return family_first or not _heads(one).isdisjoint(_heads(other))


def _heads(name: str) -> set[str]:
    words = _WORD.findall(name)
    joined = next((n for n, word in enumerate(words) if n and word.lower() in _JOINS), len(words))
    heads = {word.lower().rstrip("s") for word in (*words[-1:], *words[joined - 1 : joined])}
    capitals = [word[0] for word in words if word[0].isupper()]
    return heads | ({"".join(capitals).lower().rstrip("s")} if len(capitals) > 1 else set())


def _by_sentence(document: Document, spoken: Sequence[Gold]) -> Iterator[list[str]]:
    """The speakers annotated on each sentence of a document, which may join two that the annotators divide."""
    for sentence in document.sentences:
        yield [gold.speaker for gold in spoken if gold.start < sentence.end and gold.end > sentence.start]


def _seed_articles(annotations: Path) -> Iterator[Article]:
    for number, line in enumerate(_lines(annotations), 1):
        row = json.loads(line)
        text = annotations.parent / "articles" / row["file"]
        if not text.is_file():
            raise CorpusError([Problem(annotations.name, number, f"there is no articles/{row['file']}")])
        spoken = tuple(Gold(s["start"], s["end"], s["speaker"]) for s in row["sentences"] if s["speaker"])
        yield Article(text.stem, SEEDS, SEEDS, text.read_text("utf-8"), spoken)


def _lines(file: Path) -> Iterable[str]:
    return filter(str.strip, file.read_text("utf-8").split("\n")) if file.is_file() else ()


def _counts(tally: Tally) -> tuple[int, ...]:
    return (tally.sentences, tally.spoken, tally.found, tally.both, tally.right, tally.exact)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
