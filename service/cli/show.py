"""Answers and models on a terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from service.manifest import Manifest
from service.schemas import SentenceStance, StanceResult

COLOURS = {"support": "red", "deny": "blue", "neutral": "bright_black"}
BAR = 30
SHOWN_CHARACTERS = 100


def answer(console: Console, text: str, result: StanceResult) -> None:
    """A text, its stance, and a bar for each probability."""
    line = " ".join(text.split())
    console.print(Text(line if len(line) <= SHOWN_CHARACTERS else line[:SHOWN_CHARACTERS] + "…", "italic"))
    for label, probability in result.probabilities.model_dump().items():
        mark = "▸" if label == result.stance else " "
        bar = Text("█" * round(BAR * probability), COLOURS[label])
        console.print(Text.assemble(f"{mark} {label:<8}{probability:6.1%} ", bar))
    if result.reason is not None:
        console.print(f"  off topic: {result.reason}", markup=False, highlight=False)


def sentences(console: Console, found: Sequence[SentenceStance]) -> None:
    """A table of sentences with their weight, stance, speaker and cues."""
    table = Table("weight", "stance", "sentence", "speaker", "cues", box=None, pad_edge=False)
    for one in found:
        cues = ", ".join(f"{cue.text} ({cue.feature})" for cue in one.cues)
        stance = Text(one.stance, COLOURS[one.stance])
        table.add_row(f"{one.weight:.0%}", stance, Text(one.text), Text(one.speaker or ""), Text(cues))
    console.print(table)


def manifest(console: Console, found: Manifest) -> None:
    """A model's name, origin and figures."""
    table = Table(box=None, show_header=False, pad_edge=False)
    facts = {
        "model": f"{found.name} {found.version} ({found.candidate})",
        "trained": f"{found.training_date}, run {found.run_id}",
        "corpus": f"{found.corpus.texts:,} texts, {found.corpus.digest}",
        **{name: f"{value:.4g}" for name, value in sorted(found.metrics.items())},
    }
    for name, value in facts.items():
        table.add_row(name, Text(value))
    console.print(table)
