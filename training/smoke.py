"""The seed articles: learned from with the corpus, and a smoke test, since a model ought to get them right."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sklearn.pipeline import Pipeline

from features.answer import score
from training.record import Record


@dataclass(frozen=True, slots=True)
class Article:
    """A seed article: its file, text and label."""

    file: str
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Smoke:
    """How many seed articles came out right, and for each wrong one what was said of it."""

    right: int
    wrong: tuple[str, ...]

    def __str__(self) -> str:
        said = f"{self.right} of {self.right + len(self.wrong)} seed articles right"
        return f"{said} (wrong: {', '.join(self.wrong)})" if self.wrong else said


def read_articles(annotations: Path) -> list[Article]:
    """Read the annotated seed articles, whose texts stand in ``articles/`` beside; an absent file is an empty list."""
    if not annotations.exists():
        return []
    rows = [json.loads(line) for line in annotations.read_text("utf-8").split("\n") if line.strip()]
    texts = annotations.parent / "articles"
    return [Article(row["file"], (texts / row["file"]).read_bytes().decode("utf-8"), row["label"]) for row in rows]


def as_records(articles: Sequence[Article]) -> tuple[Record, ...]:
    """Return the seed articles as records of the training split, a batch of their own."""
    return tuple(
        Record(
            id=f"seed-{article.file}",
            text=article.text,
            label=article.label,
            kind="article",
            batch="seeds",
            group=article.file,
            split="train",
        )
        for article in articles
    )


def smoke_test(model: Pipeline, articles: Sequence[Article]) -> Smoke | None:
    """Answer every seed article; None where there is none."""
    if not articles:
        return None
    answers = score(model, [article.text for article in articles])
    wrong = tuple(
        f"{article.file}: {answer.stance} for {article.label}"
        for article, answer in zip(articles, answers, strict=True)
        if answer.stance != article.label
    )
    return Smoke(len(articles) - len(wrong), wrong)
