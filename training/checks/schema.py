"""Whether records are complete beyond their schema: described, annotated twice, articles read by the sentence."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from training.checks.finding import Finding, held
from training.checks.limits import Limits
from training.record import Record

CHECK = "schema"
SHOWN = 5
ANNOTATORS = 2

Fault = Callable[[Record], bool]

FAULTS: Mapping[str, Fault] = MappingProxyType(
    {
        "without genre, phenomenon, year or batch": lambda record: (
            None in (record.genre, record.phenomenon, record.year, record.batch)
        ),
        "annotated by fewer than two": lambda record: len({note.by for note in record.annotators}) < ANNOTATORS,
        "whose annotators differ, with nobody to settle it": lambda record: (
            len({note.label for note in record.annotators}) > 1 and not record.settled_by
        ),
        "with a label none of its annotators gave": lambda record: (
            bool(record.annotators) and record.label not in {note.label for note in record.annotators}
        ),
        "that are articles with letters outside their sentences": lambda record: (
            record.kind == "article" and _unread(record)
        ),
    }
)


def _unread(record: Record) -> bool:
    """Return whether any of the text but blanks lies outside the labelled sentences."""
    reached, gaps = 0, []
    for mark in record.sentences:
        gaps.append(record.text[reached : mark.start])
        reached = mark.end
    return bool("".join([*gaps, record.text[reached:]]).strip())


def check_schema(records: Sequence[Record], limits: Limits) -> list[Finding]:
    """Check what a record has to say of itself, and that texts are as long as their kind."""
    findings = [_none(what, [record.id for record in records if fault(record)]) for what, fault in FAULTS.items()]
    strays = [record.id for record in records if not _fits(record, limits)]
    share = len(strays) / max(len(records), 1)
    said = f"{len(strays)} text(s) outside the length of their kind; at most {limits.stray:.0%} may be{_some(strays)}"
    return [*findings, held("lengths", share <= limits.stray, said)]


def _fits(record: Record, limits: Limits) -> bool:
    fewest, most = limits.words[record.kind]
    return fewest <= len(record.text.split()) <= most


def _none(what: str, found: Sequence[str]) -> Finding:
    return held(CHECK, not found, f"{len(found)} text(s) {what}; none is allowed{_some(found)}")


def _some(ids: Sequence[str]) -> str:
    """Name the first of some ids."""
    more = ", …" if len(ids) > SHOWN else ""
    return f": {', '.join(ids[:SHOWN])}{more}" if ids else ""
