"""Whether texts repeat each other: near copies inside a label or over the split, and worn openings."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from training.checks.finding import Finding, held
from training.checks.limits import APART, Limits
from training.checks.similarity import near_pairs, words
from training.record import Record

OPENING = 3
SHOWN = 5


def check_copies(records: Sequence[Record], limits: Limits) -> list[Finding]:
    """Check all records, those of the start included: its own near copies are counted, not forbidden."""
    sets = [frozenset(words(record.text)) for record in records]
    inside, across, old = [], [], 0
    for pair in near_pairs(sets, limits.jaccard):
        first, second = records[pair.first], records[pair.second]
        said = f"{first.id} and {second.id} ({pair.similarity:.2f})"
        new = not APART.intersection((first.batch, second.batch))
        if pair.similarity > limits.jaccard and first.label == second.label and new:
            inside.append(said)
        elif pair.similarity > limits.jaccard:
            old += not new
        if first.split != second.split:
            across.append(said)
    return [
        _none(f"pairs of one label with a Jaccard similarity above {limits.jaccard}", inside),
        _none(f"pairs over the split with one of at least {limits.jaccard}", across),
        held("copies", True, f"{old} pairs above {limits.jaccard} with a text of the start; counted only"),
    ]


def _none(what: str, found: Sequence[str]) -> Finding:
    shown = f": {', '.join(found[:SHOWN])}" if found else ""
    return held("copies", not found, f"{len(found)} {what}; none is allowed{shown}")


def check_openings(records: Sequence[Record], limits: Limits) -> list[Finding]:
    """Check that no three words open too many texts."""
    openings: defaultdict[str, list[str]] = defaultdict(list)
    for record in records:
        openings[" ".join(words(record.text)[:OPENING])].append(record.id)
    counts = Counter({opening: len(ids) for opening, ids in openings.items()})
    most = limits.opening * len(records)
    worn = {opening: count for opening, count in counts.items() if count > most}
    shown = worn or dict(counts.most_common(1))
    said = ", ".join(f"{opening!r} opens {count} texts" for opening, count in sorted(shown.items()))
    return [held("openings", not worn, f"{said}; at most {limits.opening:.1%} may, which is {most:.1f}")]
