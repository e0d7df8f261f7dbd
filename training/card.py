"""The model card: what a version is, learned from, can and cannot do (after Mitchell et al. 2019)."""

from collections.abc import Mapping, Sequence

from features.labels import LABELS
from training.corpus import Corpus
from training.measured import Measured
from training.slices import Row
from training.smoke import Smoke

_USE = """\
## Intended use
Sorting and searching English texts about China, Russia and the war in Ukraine by their stance toward the
claim "China aids Russia": `support` (the text leaves the reader with the claim as true, likely or feared),
`deny` (false, unproven or not going to happen) or `neutral`. The label rules are in `seeds/codebook.md`.

## Limits
- English only; texts that name neither side are answered `neutral` and marked `on_topic: false`.
- Irony, long chains of attribution and claims carried by one word in a long text are often missed.
- Labels follow one codebook; another reading of "aid" gives other labels.
- Figures are for texts like those of the test split; on other sources expect less, and measure with
  `make evaluate`.

## Ethical notes
A stance is what a text says, not a fact about the world, and not the opinion of its author. An answer is no
evidence that anyone aided anyone, and no ground for a decision about a person. Probabilities are estimates:
read those near one another as "undecided".
"""


def write_card(found: Measured, train: Corpus, test: Corpus, slices: Sequence[Row], smoke: Smoke | None) -> str:
    """The card in Markdown: data, figures with intervals, slices, use, limits and ethical notes."""
    sides = [[label, train.labels.count(label), test.labels.count(label)] for label in LABELS]
    classes = [
        [label, *(f"{found.figures[f'{label}_{name}']:.3f}" for name in ("precision", "recall", "f1"))]
        for label in LABELS
    ]
    parts = [
        f"# Stance toward “China aids Russia”: {found.candidate.name}",
        "## Data",
        table(["label", "training", "test"], [*sides, ["all", len(train), len(test)]]),
        "## Figures on the frozen test split",
        _summary(found.figures),
        table(["stance", "precision", "recall", "F1"], classes),
        "### Slices",
        slices_markdown(slices),
    ]
    if smoke:
        parts.append(f"Seed articles: {smoke}.")
    return "\n\n".join([*parts, _USE])


def _summary(figures: Mapping[str, float]) -> str:
    of = {name: f"{figure:.3f}" for name, figure in figures.items()}
    return (
        f"Macro-F1 **{of['macro_f1']}** (95 % interval {of['macro_f1_low']} to {of['macro_f1_high']}, bootstrap "
        f"over groups); cross-validated on the training split {of['cv_macro_f1']}. Accuracy {of['accuracy']}, "
        f"log loss {of['log_loss']}, Brier {of['brier']}, expected calibration error {of['ece']} (15 bins of "
        "equal width)."
    )


def slices_markdown(slices: Sequence[Row]) -> str:
    """The slices as a Markdown table."""
    rows = [
        [row["field"], row["value"], row["texts"], f"{row['accuracy']:.3f}", f"{row['macro_f1']:.3f}"] for row in slices
    ]
    return table(["field", "value", "texts", "accuracy", "macro-F1"], rows)


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)
