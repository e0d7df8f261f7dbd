"""Whether texts that are kept for measuring have got into what the project learns from or tests with."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from training.checks.finding import Finding, held, skipped
from training.checks.limits import Limits
from training.checks.similarity import containment, near_across, shingles, words

CHECK = "kept outside"
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Source:
    """A text of the project and where it stands."""

    place: str
    text: str


def behaviour_texts(directory: Path) -> list[Source]:
    """Return every text of the behavioural suite: all strings of its cases, labels apart."""
    found = []
    for file in sorted(directory.glob("*.yaml")):
        for case in yaml.safe_load(file.read_text("utf-8")).get("cases", []):
            found += [Source(file.name, text) for text in _texts(case)]
    return found


def _texts(case: Mapping[str, Any]) -> Iterator[str]:
    for name in ("text", "changed"):
        if name in case:
            yield case[name]
    yield from case.get("variants", ())


def article_texts(directory: Path) -> list[Source]:
    """Return the seed articles, whole."""
    return [Source(file.name, file.read_bytes().decode("utf-8")) for file in sorted(directory.glob("*.txt"))]


def check_outside(sources: Sequence[Source], file: Path | None, limits: Limits) -> list[Finding]:
    """Check that no source is a text of a file kept outside, nor a near copy of one.

    A near copy shares words (Jaccard) or, the shorter with the longer, sequences of three words (containment).
    """
    if file is None or not file.is_file():
        return [skipped(CHECK, f"{file or 'the texts kept outside'}: not there, so nothing could be compared with it")]
    kept = [json.loads(line) for line in file.read_text("utf-8").split("\n") if line.strip()]
    copies = near_copies([source.text for source in sources], [item["text"] for item in kept], limits.outside)
    said = [
        f"{sources[place].place} ({measure} {similarity:.2f} with {kept[other].get('id', other)})"
        for (place, other), (measure, similarity) in sorted(copies.items())
    ]
    limit = f"near copies ({limits.outside} or more) of {len(kept)} texts kept outside; none is allowed"
    shown = f": {', '.join(said[:SHOWN])}" if said else ""
    return [held(CHECK, not said, f"{len(said)} of {len(sources)} texts are {limit}{shown}")]


def near_copies(
    ours: Sequence[str], theirs: Sequence[str], threshold: float
) -> dict[tuple[int, int], tuple[str, float]]:
    """Return the pairs of places that are near copies, with the measure that says so and its value."""
    sequences, others = [shingles(text) for text in ours], [shingles(text) for text in theirs]
    index = defaultdict(list)
    for other, held_by in enumerate(others):
        for sequence in held_by:
            index[sequence].append(other)
    found = {}
    for place, held_by in enumerate(sequences):
        for other in Counter(other for sequence in held_by for other in index.get(sequence, ())):
            share = containment(held_by, others[other])
            if share >= threshold:
                found[place, other] = ("containment", share)
    left, right = ([frozenset(words(text)) for text in texts] for texts in (ours, theirs))
    for pair in near_across(left, right, threshold):
        found[pair.first, pair.second] = ("Jaccard", pair.similarity)
    return found
