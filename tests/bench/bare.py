"""What scoring costs without HTTP: texts a second by kind and by block, and cost against length.

Run as a process of its own on one core, ``python -m tests.bench.bare``; the answer is JSON on standard output.
"""

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from features.compiled.blocks import compile_block
from features.compiled.entries import Unknown
from features.compiled.layout import Layout
from features.document import analyse
from features.model import BLOCKS
from service.bundle import locate
from service.served import ServedModel, take_up
from tests.bench.texts import MIX, by_kind, mixed, of_length

BATCH = 32
LENGTHS = (10, 30, 100, 300, 1_000, 3_000, 10_000)
TIMES = 3


def per_second(work: Callable[[list[str]], object], texts: Sequence[str], batch: int, seconds: float) -> float:
    """Return how many texts a second some work gets through, in batches, in about so many seconds."""
    done, begun = 0, time.perf_counter()
    while (spent := time.perf_counter() - begun) < seconds:
        part = [texts[(done + place) % len(texts)] for place in range(batch)]
        work(part)
        done += batch
    return done / spent


def fitted_blocks(base: Any) -> dict[str, Any]:
    """Return the fitted feature blocks of a base, by name, wherever in it they stand."""
    found: dict[str, Any] = {}
    waiting = [base]
    while waiting:
        part = waiting.pop()
        waiting += getattr(part, "estimators_", [])
        for _, step in getattr(part, "steps", []):
            found |= {name: block for name, block in getattr(step, "transformer_list", []) if name in BLOCKS}
    return found


def measure(served: ServedModel, corpus: Path, seconds: float) -> dict[str, Any]:
    """Return all that is measured without HTTP."""

    def score(texts: list[str]) -> object:
        return served.score(texts)

    kinds = by_kind(corpus)
    mix = mixed(kinds, MIX)
    draw = random.Random(11)  # noqa: S311
    costs = {}
    for words in LENGTHS:
        text = of_length(kinds, words, draw)
        costs[words] = min(1 / per_second(score, [text], 1, seconds / 10) for _ in range(TIMES))
    return {
        "lone_ms": 1000 / per_second(score, mix, 1, seconds),
        "mix": per_second(score, mix, BATCH, seconds),
        "kinds": {kind: per_second(score, texts, BATCH, seconds) for kind, texts in kinds.items()},
        "blocks": _blocks(served, mix, seconds),
        "costs": costs,
        "uncompiled": served.pipeline[-1].base_.uncompiled,
    }


def _blocks(served: ServedModel, mix: Sequence[str], seconds: float) -> dict[str, float]:
    found = {"reading": per_second(lambda texts: [analyse(text) for text in texts], mix, BATCH, seconds)}
    for name, block in fitted_blocks(served.pipeline[-1].base_.base).items():
        try:
            entries = compile_block(block).entries
        except Unknown:
            continue
        found[name] = _block_alone(entries, mix, seconds)
    return found


def _block_alone(entries: Callable[[Layout], object], mix: Sequence[str], seconds: float) -> float:
    """Time a block on documents read beforehand, each only once, as sentences keep what was read in them."""
    done, spent = 0, 0.0
    while spent < seconds / 2:
        documents = [analyse(mix[(done + place) % len(mix)]) for place in range(BATCH)]
        begun = time.perf_counter()
        entries(Layout(documents))
        spent += time.perf_counter() - begun
        done += BATCH
    return done / spent


def main() -> None:
    """Read what to do from the command line, do it, print the outcome."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--bundle", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--core", type=int, default=None)
    given = parser.parse_args()
    if given.core is not None:
        os.sched_setaffinity(0, {given.core})
    threadpool_limits(1)
    json.dump(measure(take_up(locate(given.bundle), allow_joblib=False), given.corpus, given.seconds), sys.stdout)


if __name__ == "__main__":
    main()
