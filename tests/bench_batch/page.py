"""The figures of ``docs/scale.md``: filled in between its two marks."""

from pathlib import Path

from tests.bench_batch.runs import Run

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
TEXTS = 100_000_000
NODES, CORES = 16, 16
KEPT = 0.8  # of the rate of a core that is alone, where all cores of a node work


def fill(path: Path, rows: int, bare: float, one: Run, two: Run) -> None:
    """Replace what is between the marks by the figures of a run."""
    before, _, rest = path.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n{table(rows, bare, one, two)}{END}{after}", "utf-8")


def table(rows: int, bare: float, one: Run, two: Run) -> str:
    """The figures and the arithmetic, as Markdown."""
    cores = NODES * CORES
    rate = KEPT * one.rate * cores
    return (
        f"| {rows:,} headlines, Parquet to Parquet | texts/s | of the bare path per core | peak MiB |\n"
        "|---|---:|---:|---:|\n"
        f"| bare scoring path, one core | {bare:,.0f} | 1 | |\n"
        f"| `stance score --jobs 1` | {one.rate:,.0f} | {one.rate / bare:.2f} | {one.peak_mib:,.0f} |\n"
        f"| `stance score --jobs 2` | {two.rate:,.0f} | {two.rate / 2 / bare:.2f} | {two.peak_mib:,.0f} |\n\n"
        f"From 1 to 2 processes: {two.rate / one.rate:.2f} times as fast.\n\n"
        f"10^8 headlines on {NODES} nodes of {CORES} cores: {one.rate:,.0f} texts/s × {cores} cores × {KEPT} = "
        f"{rate:,.0f} texts/s, or {TEXTS / rate / 60:,.0f} minutes. On one node: "
        f"{TEXTS / rate * NODES / 3600:,.1f} hours. On two cores: {TEXTS / two.rate / 3600:,.0f} hours.\n"
    )
