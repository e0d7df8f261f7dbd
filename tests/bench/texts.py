"""The texts that every contender gets, composed from the corpus."""

import json
import random
from collections.abc import Mapping
from pathlib import Path

ARTICLE_WORDS = 800
MIX = {"headline": 10, "paragraph": 4, "article": 1}
CYCLE = 600  # requests before the same text comes again


def by_kind(corpus: Path, seed: int = 7) -> dict[str, list[str]]:
    """Return headlines, paragraphs, and articles put together from paragraphs.

    Raises:
        ValueError: the corpus lacks headlines or paragraphs.
    """
    found: dict[str, list[str]] = {"headline": [], "paragraph": []}
    for file in sorted(corpus.glob("*.jsonl")):
        for line in file.read_text("utf-8").strip().split("\n"):
            row = json.loads(line)
            found.setdefault(row["kind"], []).append(row["text"])
    if missing := [kind for kind in ("headline", "paragraph") if not found[kind]]:
        raise ValueError(f"{corpus} has no {', '.join(missing)}")
    draw = random.Random(seed)  # noqa: S311 - the same texts every time
    articles = [of_length(found, ARTICLE_WORDS, draw) for _ in range(40)]
    return {"headline": found["headline"], "paragraph": found["paragraph"], "article": articles}


def of_length(found: Mapping[str, list[str]], words: int, draw: random.Random) -> str:
    """Return a text of so many words: a headline, then paragraphs, the last one cut."""
    parts = [draw.choice(found["headline"])]
    length = len(parts[0].split())
    while length < words:
        parts.append(draw.choice(found["paragraph"]))
        length += len(parts[-1].split())
    surplus = length - words
    parts[-1] = " ".join(parts[-1].split()[: len(parts[-1].split()) - surplus])
    return "\n\n".join(part for part in parts if part)


def mixed(kinds: Mapping[str, list[str]], mix: Mapping[str, int], seed: int = 7) -> list[str]:
    """Return a cycle of texts in which kinds stand as the mix says, in random order."""
    draw = random.Random(seed)  # noqa: S311
    total = sum(mix.values())
    texts = [draw.choice(kinds[kind]) for kind, share in mix.items() for _ in range(CYCLE * share // total)]
    draw.shuffle(texts)
    return texts
