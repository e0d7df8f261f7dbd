"""Bars of stances, as SVG within a page."""

from collections import Counter
from collections.abc import Iterable
from html import escape

from features.labels import LABELS

COLOURS = {"support": "#c2410c", "deny": "#1d4ed8", "neutral": "#94a3b8"}
WIDTH, LABEL, BAR, ROW = 760, 170, 500, 22
STYLE = """
:root { color-scheme: light dark; font: 16px/1.45 system-ui, sans-serif; }
body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
svg { width: 100%; height: auto; } svg text { font-size: 13px; fill: currentColor; }
h2 { margin-top: 2rem; font-size: 1.1rem; } small { opacity: .7; } li { margin: .3rem 0; }
.key { display: inline-block; width: .8em; height: .8em; margin: 0 .3em 0 1em; }
"""


def legend() -> str:
    """Which colour is which stance."""
    keys = (f'<span class=key style="background:{COLOURS[label]}"></span>{label}' for label in LABELS)
    return f"<p>{''.join(keys)}</p>"


def bars(rows: Iterable[tuple[str, Counter[str]]]) -> str:
    """A bar for each row, divided by the shares of the stances; counts are to its right, and told on hover."""
    listed = list(rows)
    drawn = "".join(_bar(name, counts, place * ROW) for place, (name, counts) in enumerate(listed))
    return f'<svg viewBox="0 0 {WIDTH} {max(len(listed), 1) * ROW}" role="img" aria-label="shares">{drawn}</svg>'


def _bar(name: str, counts: Counter[str], top: int) -> str:
    total = counts.total() or 1
    said = ", ".join(f"{label} {counts[label]:,} ({counts[label] / total:.0%})" for label in LABELS)
    pieces, left = [], float(LABEL)
    for label in LABELS:
        width = BAR * counts[label] / total
        pieces.append(
            f'<rect x="{left:.1f}" y="{top + 3}" width="{width:.1f}" height="{ROW - 6}" fill="{COLOURS[label]}"/>'
        )
        left += width
    short = name if len(name) <= 22 else name[:21] + "…"  # noqa: PLR2004 - what fits on the left
    return (
        f"<g><title>{escape(name)}: {said}</title>"
        f'<text x="0" y="{top + 15}">{escape(short)}</text>{"".join(pieces)}'
        f'<text x="{LABEL + BAR + 8}" y="{top + 15}">{counts.total():,}</text></g>'
    )
