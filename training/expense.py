"""What a training costs in time and memory as the corpus grows; the figures mean nothing else."""

import multiprocessing
import platform
import random
import resource
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from training.candidates import Candidate, Plan
from training.card import table
from training.corpus import Corpus, read_corpus
from training.fit import train_candidates
from training.provenance import cores

REPLACED = 0.15  # share of words that are replaced in a repeated text
KIB_PER_UNIT = 1 if platform.system() == "Linux" else 1 / 1024  # ru_maxrss counts bytes on macOS


@dataclass(frozen=True, slots=True)
class Expense:
    """Cost of fitting one candidate: wall and processor seconds, and the most memory held, in MiB."""

    candidate: str
    texts: int
    seconds: float
    cpu_seconds: float
    mib: float


def measure_expense(
    candidates: Sequence[Candidate], plan: Plan, corpus: Path, sizes: Sequence[int], seed: int
) -> list[Expense]:
    """Fit each candidate at each size, each fit in a fresh process, so that memory is its own."""
    found = []
    for size in sizes:
        for candidate in candidates:
            fresh = multiprocessing.get_context("spawn")
            with ProcessPoolExecutor(max_workers=1, mp_context=fresh) as process:
                found.append(process.submit(_fit, candidate, plan, corpus, size, seed).result())
    return found


def grown(corpus: Corpus, size: int, seed: int) -> Corpus:
    """A corpus of ``size`` texts: the given ones over and over, each repetition with other words replaced.

    A replacement is drawn from all words of the corpus, so the vocabulary of n-grams grows as it would with
    new texts, or faster. Repetitions belong to batches of their own.
    """
    chance = random.Random(seed)  # noqa: S311
    words = [word for text in corpus.texts for word in text.split()]
    order = chance.sample(range(len(corpus)), len(corpus))
    records = []
    for number in range(size):
        turn, rest = divmod(number, len(corpus))
        place = order[rest]
        record = corpus.records[place]
        text = _noisy(record.text, words, chance) if turn else record.text
        batch = f"{corpus.batches[place]}-{turn}"
        records.append(record.model_copy(update={"id": str(number), "text": text, "batch": batch, "sentences": ()}))
    return Corpus(tuple(records))


def expense_page(expenses: Sequence[Expense]) -> str:
    """``docs/cost.md``."""
    rows = [
        [e.candidate, f"{e.texts:,}", f"{e.seconds:.0f}", f"{e.cpu_seconds:.0f}", _each(e), f"{e.mib:,.0f}"]
        for e in expenses
    ]
    head = ["candidate", "texts", "seconds", "CPU seconds", "CPU ms a text", "MiB"]
    return f"""\
# What training costs

Fitting one candidate, the cross-validation for its calibration included (so the texts are fitted five times), in a
process of its own, on {cores()} cores ({platform.machine()}), Python {platform.python_version()}. Seconds are of the
clock and grow with whatever else the machine does; CPU seconds hardly do. Memory is the most that the process held,
libraries included.

The texts are those of the corpus, repeated with {REPLACED:.0%} of their words replaced, for the cost only: figures of
quality would mean nothing. Taken by `make cost`, which writes this page.

{table(head, rows)}
"""


def _each(expense: Expense) -> str:
    return f"{1000 * expense.cpu_seconds / expense.texts:.2f}"


def _fit(candidate: Candidate, plan: Plan, corpus: Path, size: int, seed: int) -> Expense:
    texts = grown(read_corpus(corpus), size, seed)
    trained = train_candidates([candidate], plan, texts, seed=seed, jobs=1)[0]
    mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIB_PER_UNIT / 1024
    return Expense(candidate.name, size, trained.fit_seconds, trained.cpu_seconds, mib)


def _noisy(text: str, words: Sequence[str], chance: random.Random) -> str:
    return " ".join(chance.choice(words) if chance.random() < REPLACED else word for word in text.split(" "))
