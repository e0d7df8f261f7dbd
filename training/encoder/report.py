"""What the trial prints."""

import json
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from training.encoder.trial import ALONE, CHAMPION, NEEDED, WITH_ENCODER, Outcome, Tried
from training.metrics import confusion, macro_f1


def show_trial(console: Console, tried: Sequence[Tried], outcomes: Sequence[Outcome]) -> None:
    """Macro-F1 of each model, cross-validated and on each set of texts, with its difference to the champion's."""
    table = Table(title="Macro-F1, and its difference to the champion's", title_justify="left")
    table.add_column("model", no_wrap=True)
    for heading in ("cross-validated", *(found.texts for found in outcomes), "fit CPU s"):
        table.add_column(heading, justify="right")
    for one in tried:
        shown = [
            f"{found.macro_f1[one.name]}" + (f"\n{found.differences[one.name].signed}" if one.name != CHAMPION else "")
            for found in outcomes
        ]
        table.add_row(one.name, f"{_cross_validated(one):.3f}", *shown, f"{one.cpu_seconds:.0f}")
    console.print(table)
    gained = outcomes[0].differences[WITH_ENCODER]
    verdict = "earns its place" if gained.estimate >= NEEDED else "does not earn its place"
    console.print(
        f"a gain of {NEEDED} on {outcomes[0].texts} is needed, found is {gained.signed}: the encoder {verdict}"
    )


def as_json(outcomes: Sequence[Outcome], *, milliseconds: float, megabytes: float) -> str:
    """The figures that other programs read, as one line: of the first set, and of the others under their names."""
    first, *others = outcomes
    figures = _figures(first)
    for other in others:
        figures |= {f"{other.texts.replace(' ', '_')}_{name}": value for name, value in _figures(other).items()}
    figures |= {"ms_a_text": milliseconds, "megabytes": megabytes}
    return json.dumps({name: round(value, 6) for name, value in figures.items()})


def _figures(found: Outcome) -> dict[str, float]:
    gained = found.differences[WITH_ENCODER]
    return {
        "champion": found.macro_f1[CHAMPION].estimate,
        "with_encoder": found.macro_f1[WITH_ENCODER].estimate,
        "encoder_alone": found.macro_f1[ALONE].estimate,
        "difference": gained.estimate,
        "low": gained.low,
        "high": gained.high,
    }


def _cross_validated(one: Tried) -> float:
    return float(macro_f1(confusion(one.cross_validated.truth, one.cross_validated.stances)))
