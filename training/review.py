"""A reviewer's session in the terminal: one text at a time, every decision kept at once."""

from collections.abc import Sequence

from rich.console import Console
from rich.panel import Panel
from rich.prompt import Prompt
from rich.table import Table
from rich.text import Text

from features.labels import LABELS
from training.feedback import Desk, Item
from training.proposals import Proposal

QUESTION = "(y)es as said, (n)o drop it, (r)elabel, (s)kip, (q)uit"
SHOWN = 1_500


def review(console: Console, desk: Desk, proposals: Sequence[Proposal]) -> int:
    """Ask about each text until the reviewer quits or the input ends; return how many were decided."""
    decided = 0
    for number, proposal in enumerate(proposals, 1):
        console.print(_panel(proposal, f"{number} of {len(proposals)}"))
        try:
            choice = Prompt.ask(QUESTION, console=console, choices=list("ynrsq"), show_choices=False)
            label = _label(console, choice, proposal.item)
        except EOFError:
            break
        if choice == "q":
            break
        if choice != "s":
            desk.decide(proposal.item, label)
            decided += 1
    return decided


def show(console: Console, proposals: Sequence[Proposal], waiting: int) -> None:
    """List what waits for a review, most urgent first."""
    table = Table(title=f"{len(proposals)} of {waiting} texts that wait", title_justify="left")
    for name in ("uncertain", "novel", "model", "said", "text"):
        table.add_column(name, justify="right" if name in {"uncertain", "novel"} else "left")
    for found in proposals:
        start = Text(printable(found.item.text[:200]).replace("\n", " "))
        figures = f"{found.uncertainty:.2f}", f"{found.novelty:.2f}"
        table.add_row(*figures, found.answer.stance, _said(found.item), start)
    console.print(table)


def printable(text: str) -> str:
    """A stranger's text for a terminal: no escape sequences, no characters that turn its direction."""
    return "".join(char if char.isprintable() or char in "\n\t" else "\N{REPLACEMENT CHARACTER}" for char in text)


def _label(console: Console, choice: str, item: Item) -> str | None:
    if choice == "y":
        return next(iter(item.said))
    return Prompt.ask("its stance", console=console, choices=list(LABELS)) if choice == "r" else None


def _panel(proposal: Proposal, title: str) -> Panel:
    item, answer = proposal.item, proposal.answer
    shares = ", ".join(f"{label} {answer.probabilities[label]:.2f}" for label in LABELS)
    more = f"\n(and {len(item.text) - SHOWN} code points more)" if len(item.text) > SHOWN else ""
    lines = [
        f"{item.text[:SHOWN]}{more}\n",
        f"readers  {_said(item)}",
        *(f"         “{comment}”" for comment in item.comments),
        f"model    {answer.stance} ({shares}); version {item.version} said {item.answer} when it was sent",
        f"nearest  {proposal.nearest.text[:160]} ({proposal.nearest.label})",
    ]
    figures = f"uncertain {proposal.uncertainty:.2f}, novel {proposal.novelty:.2f}"
    return Panel(Text(printable("\n".join(lines))), title=title, subtitle=figures, title_align="left")


def _said(item: Item) -> str:
    return ", ".join(f"{stance} ({times})" if times > 1 else stance for stance, times in item.said.items())
