"""A scored file as one HTML page: stance over time, by source, and examples of each class."""

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from itertools import count
from typing import Any

from features.labels import LABELS
from service.batch.drawing import STYLE, bars, legend

DAY, MONTH, YEAR = 10, 7, 4  # characters of an ISO date
MOST_PERIODS = 62
MOST_SOURCES = 20
EXAMPLES = 5
SHOWN_CHARACTERS = 280
DATE = re.compile(r"\d{4}(-\d\d){0,2}")


@dataclass(frozen=True, slots=True)
class Names:
    """Columns of the output: the text, when and where it appeared if that is known, and what was put before ours."""

    text: str
    date: str | None
    source: str | None
    prefix: str

    @property
    def wanted(self) -> list[str]:
        """All columns that a report reads."""
        ours = [self.prefix + name for name in ("stance", *LABELS)]
        return [name for name in (self.text, self.date, self.source, *ours) if name is not None]


@dataclass
class Summary:
    """Counts of a file; its size does not grow with the number of rows."""

    stances: Counter[str] = field(default_factory=Counter)
    dates: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    sources: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    examples: defaultdict[str, list[tuple[float, int, str]]] = field(default_factory=lambda: defaultdict(list))
    undated: int = 0


def summarise(rows: Iterable[Mapping[str, Any]], names: Names) -> Summary:
    """Count the rows of a scored file; examples are the most probable of each class."""
    found, turn = Summary(), count(0, -1)  # of equally probable texts, the first
    for row in rows:
        stance = row[names.prefix + "stance"]
        found.stances[stance] += 1
        if names.date is not None:
            date = DATE.match(str(row.get(names.date)))
            if date is None:
                found.undated += 1
            else:
                found.dates[date[0]][stance] += 1
        if names.source is not None:
            found.sources[str(row.get(names.source) or "(none)")][stance] += 1
        _keep(found.examples[stance], (float(row[names.prefix + stance]), next(turn), row[names.text]))
    return found


def page(title: str, summary: Summary, names: Names) -> str:
    """The page. Everything of it is in the one file: no script, nothing from elsewhere."""
    parts = [
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(title)}</title><style>{STYLE}</style>",
        f"<h1>{escape(title)}</h1>{legend()}<h2>All {sum(summary.stances.values()):,} texts</h2>",
        bars([("all", summary.stances)]),
    ]
    if names.date is not None:
        without = f", {summary.undated:,} texts without" if summary.undated else ""
        parts.append(f"<h2>By date ({escape(names.date)}{without})</h2>{bars(periods(summary.dates))}")
    if names.source is not None:
        parts.append(f"<h2>By source ({escape(names.source)})</h2>{bars(_largest(summary.sources))}")
    parts.extend(_examples(stance, summary.examples[stance]) for stance in LABELS)
    return "\n".join(parts) + "\n"


def periods(dates: Mapping[str, Counter[str]]) -> list[tuple[str, Counter[str]]]:
    """Counts by day, month or year: the finest that all dates have and that gives no more than 62 rows."""
    shortest = min(map(len, dates), default=YEAR)
    for length in (DAY, MONTH, YEAR):
        if length <= shortest and (len({date[:length] for date in dates}) <= MOST_PERIODS or length == YEAR):
            merged: defaultdict[str, Counter[str]] = defaultdict(Counter)
            for date, counts in dates.items():
                merged[date[:length]] += counts
            return sorted(merged.items())
    return []


def _largest(sources: Mapping[str, Counter[str]]) -> list[tuple[str, Counter[str]]]:
    ranked = sorted(sources.items(), key=lambda item: (-item[1].total(), item[0]))
    rest = sum((counts for _, counts in ranked[MOST_SOURCES:]), Counter[str]())
    return ranked[:MOST_SOURCES] + ([(f"{len(ranked) - MOST_SOURCES} others", rest)] if rest else [])


def _keep(best: list[tuple[float, int, str]], example: tuple[float, int, str]) -> None:
    heapq.heappush(best, example)
    if len(best) > EXAMPLES:
        heapq.heappop(best)


def _examples(stance: str, best: list[tuple[float, int, str]]) -> str:
    items = "".join(f"<li>{_cut(text)} <small>{share:.0%}</small>" for share, _, text in sorted(best, reverse=True))
    return f"<h2>Examples: {stance}</h2><ol>{items}</ol>" if items else ""


def _cut(text: str) -> str:
    return escape(text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS] + "…")


def as_page(rows: Iterator[Mapping[str, Any]], names: Names, title: str) -> str:
    """The page about the rows of a scored file."""
    return page(title, summarise(rows, names), names)
