"""The model card: what a version is, learned from, can and cannot do (after Mitchell et al. 2019)."""

from collections.abc import Sequence

from features.labels import LABELS
from training.corpus import Corpus
from training.measured import Measured
from training.slices import Row
from training.smoke import Smoke

_USE = """\
## Intended use
Sorting and searching English texts about China, Russia and the war in Ukraine by their stance toward the claim
"China aids Russia": `support` (the text leaves the reader with the claim as true, likely or feared), `deny`
(false, unproven or not going to happen) or `neutral`. The label rules are in `seeds/codebook.md`.

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
    figures = found.figures
    parts = [
        f"# Stance toward “China aids Russia”: {found.candidate.name}\n",
        _data(train, test),
        "## Figures on the frozen test split",
        f"Macro-F1 **{figures['macro_f1']:.3f}** (95 % interval {figures['macro_f1_low']:.3f} to "
        f"{figures['macro_f1_high']:.3f}, bootstrap over groups); cross-validated on the training split "
        f"{figures['cv_macro_f1']:.3f}. Accuracy {figures['accuracy']:.3f}, log loss {figures['log_loss']:.3f}, "
        f"Brier {figures['brier']:.3f}, expected calibration error {figures['ece']:.3f} (15 bins of equal width).\n",
        _by_class(figures),
        "### Slices\n",
        slices_markdown(slices),
    ]
    if smoke:
        parts.append(f"Seed articles: {smoke}.\n")
    return "\n".join([*parts, _USE])


def _data(train: Corpus, test: Corpus) -> str:
    rows = [f"| {label} | {train.labels.count(label)} | {test.labels.count(label)} |" for label in LABELS]
    head = "## Data\n\n| label | training | test |\n|---|---|---|\n"
    return head + "\n".join([*rows, f"| all | {len(train)} | {len(test)} |"]) + "\n"


def _by_class(figures: dict[str, float]) -> str:
    rows = [
        f"| {label} | " + " | ".join(f"{figures[f'{label}_{name}']:.3f}" for name in ("precision", "recall", "f1"))
        for label in LABELS
    ]
    return "\n".join(["| stance | precision | recall | F1 |", "|---|---|---|---|", *(f"{row} |" for row in rows)]) + "\n"


def slices_markdown(slices: Sequence[Row]) -> str:
    """The slices as a Markdown table."""
    rows = [
        f"| {row['field']} | {row['value']} | {row['texts']} | {row['accuracy']:.3f} | {row['macro_f1']:.3f} |"
        for row in slices
    ]
    return "\n".join(["| field | value | texts | accuracy | macro-F1 |", "|---|---|---|---|---|", *rows]) + "\n"
