"""``docs/performance.md`` and its plot, from what was measured."""

import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt

from tests.bench.contenders import Contender
from tests.bench.figures import growth
from tests.bench.rounds import Measured
from tests.bench.texts import MIX

LINEAR_FROM = 300  # words from which on growth with length is looked at; below, fixed costs prevail
_PAGE = """# Performance

Written by `{command}`; do not edit. Measured {when} on {machine}, {seconds:.0f} s in all. Each server runs as one
process with one numeric thread{pinned}; the client is a process of its own. All get the same texts in the same order,
composed from the corpus: {mix}. Stretches of load alternate between the servers, {rounds} rounds of {stretch:g} s each.

![Requests a second and 99th percentile of latency](images/performance.svg)

## Over HTTP

{http}

At 16 connections, and for a lone request:

```json
{ratios}
```

`lone_ms` is the mean of one connection; beside it, its ratio to the bare scoring path plus the echo.

## Without HTTP

The whole path from a text to its answer, on one core, in batches of 32; blocks are timed alone on the mix, reading
(normal form, sentences, tokens, lexicon) first.

{bare}

{not_compiled}

## Cost against length

One text at a time. From {linear_from} words on, cost grows with length to the power of {growth:.2f} (1 is linear).

{costs}

## Processes

{processes}
"""


def write(
    docs: Path,
    contenders: Sequence[Contender],
    measured: Measured,
    bare: Mapping[str, Any],
    facts: Mapping[str, Any],
) -> None:
    """Write page and plot; ``facts`` are ``ratios``, ``command``, ``seconds``, ``rounds``, ``stretch``, ``pinned``."""
    (docs / "images").mkdir(parents=True, exist_ok=True)
    _plot(docs / "images" / "performance.svg", contenders, measured)
    costs = {int(words): cost for words, cost in bare["costs"].items()}
    page = _PAGE.format(
        when=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        machine=f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}",
        mix=", ".join(f"{share} × {kind}" for kind, share in MIX.items()),
        http=_http(contenders, measured),
        bare=_bare(bare),
        not_compiled=_not_compiled(bare["uncompiled"]),
        linear_from=LINEAR_FROM,
        growth=growth(costs, LINEAR_FROM),
        costs=_table(("words", "ms", "µs a word"), (_cost(*found) for found in costs.items())),
        processes=_processes(contenders, measured),
        **facts,
    )
    temporary = docs / "performance.md.new"
    temporary.write_text(page, "utf-8")
    temporary.replace(docs / "performance.md")


def _http(contenders: Sequence[Contender], measured: Measured) -> str:
    rows = []
    for contender in contenders:
        for (name, connections), found in measured.figures.items():
            if name == contender.name:
                times = f"{found.p50_ms:.2f}", f"{found.p99_ms:.2f}"
                rows.append((contender.title, str(connections), f"{found.rps:,.0f}", *times, str(found.errors)))
    return _table(("server", "connections", "requests/s", "p50 ms", "p99 ms", "errors"), rows)


def _bare(bare: Mapping[str, Any]) -> str:
    whole = [("all, on the mix", bare["mix"]), *((f"all, {kind}s", rate) for kind, rate in bare["kinds"].items())]
    blocks = [(name if name == "reading" else f"block `{name}`", rate) for name, rate in bare["blocks"].items()]
    return _table(("what", "texts/s"), ((what, f"{rate:,.0f}") for what, rate in (*whole, *blocks)))


def _not_compiled(parts: Sequence[str]) -> str:
    return "The whole model is compiled." if not parts else f"Not compiled: {'; '.join(parts)}."


def _cost(words: int, seconds: float) -> tuple[str, str, str]:
    return f"{words:,}", f"{1e3 * seconds:.2f}", f"{1e6 * seconds / words:.1f}"


def _processes(contenders: Sequence[Contender], measured: Measured) -> str:
    rows = (
        (c.title, f"{measured.start_seconds[c.name]:.1f}", f"{measured.megabytes[c.name]:,.0f}") for c in contenders
    )
    return _table(("server", "start to first answer, s", "resident memory after the load, MB"), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _plot(file: Path, contenders: Sequence[Contender], measured: Measured) -> None:
    mpl.use("svg")
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.6), layout="constrained")
    connections = sorted({number for _, number in measured.figures})
    for place, contender in enumerate(contenders):
        found = [measured.figures[contender.name, number] for number in connections]
        positions = [spot + 0.2 * (place - 1.5) for spot in range(len(connections))]
        left.bar(positions, [figures.rps for figures in found], 0.19, label=contender.title.strip("`"))
        right.bar(positions, [figures.p99_ms for figures in found], 0.19)
    for axes, title in ((left, "requests a second"), (right, "99th percentile of latency, ms")):
        axes.set(title=title, xlabel="connections", yscale="log", xticks=range(len(connections)))
        axes.set_xticklabels([str(number) for number in connections])
        axes.spines[["top", "right"]].set_visible(False)
    left.legend(frameon=False, fontsize=8)
    figure.savefig(file)
    plt.close(figure)
