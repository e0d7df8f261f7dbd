"""The model card: what a version is, learned from, can and cannot do (after Mitchell et al. 2019)."""

from collections.abc import Mapping, Sequence

from features.labels import LABELS
from training.claim import Claim
from training.measured import Measured
from training.metrics import Metric
from training.slices import Row
from training.smoke import Smoke

_SHARED_LIMITS = """\
- Irony, long chains of attribution and claims carried by one word in a long text are often missed.
- Figures are for texts like those of the test split; on other sources expect less, and measure with
  `make evaluate`."""
_ETHICS = """\
A stance is what a text says, not a fact about the world, and not the opinion of its author. An answer is no
evidence that anyone did anything, and no ground for a decision about a person. Probabilities are estimates:
read those near one another as "undecided".
"""


def write_card(found: Measured, claim: Claim, slices: Sequence[Row], smoke: Smoke | None) -> str:
    """The card in Markdown: data, figures with intervals, slices, use, limits and ethical notes."""
    train, test = claim.train, claim.test
    sides = [[label, train.labels.count(label), test.labels.count(label)] for label in LABELS]
    classes = [
        [label, *(f"{found.figures[f'{label}_{name}']:.3f}" for name in ("precision", "recall", "f1"))]
        for label in LABELS
    ]
    parts = [
        f"# Stance toward “{claim.text}”: {found.candidate.name}",
        "## Data",
        table(["label", "training", "test"], [*sides, ["all", len(train), len(test)]]),
        "## Figures on the frozen test split",
        _summary(found.figures, claim.metric),
        table(["stance", "precision", "recall", "F1"], classes),
        "### Slices",
        slices_markdown(slices),
    ]
    if smoke:
        parts.append(f"Seed articles: {smoke}.")
    parts += [f"## Intended use\n{claim.use}", f"## Limits\n{claim.limits}\n{_SHARED_LIMITS}"]
    return "\n\n".join([*parts, f"## Ethical notes\n{_ETHICS}"])


def _summary(figures: Mapping[str, float], metric: Metric) -> str:
    of, key = {name: f"{figure:.3f}" for name, figure in figures.items()}, metric.key
    return (
        f"{metric.title} **{of[key]}** (95 % interval {of[f'{key}_low']} to {of[f'{key}_high']}, bootstrap over "
        f"groups); cross-validated on the training split {of[f'cv_{key}']}. Macro-F1 {of['macro_f1']}, accuracy "
        f"{of['accuracy']}, log loss {of['log_loss']}, Brier {of['brier']}, expected calibration error {of['ece']} "
        "(15 bins of equal width)."
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
