"""The drift report: one HTML page with nothing from elsewhere in it."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template

from training.drift import Shift

PAGE = Path(__file__).with_name("drift.html")
COLUMNS = ("statistic", "PSI", "chance", "Jensen-Shannon", "texts expected", "texts seen", "verdict")


def write_page(file: Path, summary: str, sections: Mapping[str, Sequence[Shift]]) -> None:
    """Write the report, by rename: for each reference a table of all statistics, then each with its bins."""
    body = "\n".join(
        f"<h2>Against the {escape(title)}</h2>\n{_section(found)}" for title, found in sections.items() if found
    )
    page = Template(PAGE.read_text("utf-8")).substitute(summary=escape(summary), sections=body)
    fresh = file.with_name(f".{file.name}.new")
    fresh.write_text(page, "utf-8")
    fresh.replace(file)


def _section(shifts: Sequence[Shift]) -> str:
    head = "".join(f"<th>{name}</th>" for name in COLUMNS)
    rows = "".join(_row(found) for found in shifts)
    details = "".join(f"<h3>{escape(found.statistic)}</h3>\n<table>{_bins(found)}</table>" for found in shifts)
    return f"<table><tr>{head}</tr>{rows}</table>\n{details}"


def _row(found: Shift) -> str:
    figures = (f"{found.psi:.3f}", f"{found.chance:.3f}", f"{found.jensen_shannon:.3f}", *map(str, found.texts))
    cells = "".join(f'<td class="number">{figure}</td>' for figure in figures)
    emphasis = ' class="large"' if found.verdict == "large shift" else ""
    return f"<tr{emphasis}><td>{escape(found.statistic)}</td>{cells}<td>{found.verdict}</td></tr>"


def _bins(found: Shift) -> str:
    return "".join(
        f'<tr><td>{escape(name)}</td><td class="number">{expected:.1%}</td><td class="number">{seen:.1%}</td>'
        f'<td class="bars">{_bar("expected", expected)}{_bar("seen", seen)}</td></tr>'
        for name, expected, seen in zip(found.bins, found.expected, found.seen, strict=True)
    )


def _bar(kind: str, share: float) -> str:
    return f'<div class="bar {kind}" style="width:{share:.1%}"></div>'
