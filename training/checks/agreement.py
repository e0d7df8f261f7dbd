"""How far annotators agree: Cohen's kappa of the records, and of all texts before any was dropped."""

import json
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.checks.finding import Finding, held, skipped
from training.checks.limits import Limits
from training.errors import CorpusError, Problem
from training.record import Record

CHECK = "agreement"
FILE = "agreement.json"
ALL = "all"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many texts two annotated, the share on which they agree, and Cohen's kappa."""

    texts: int
    agreement: float
    kappa: float

    def __str__(self) -> str:
        return f"kappa {self.kappa:.3f}, agreement {self.agreement:.1%} on {self.texts} texts"


def agreement(pairs: Sequence[tuple[Hashable, Hashable]]) -> Agreement:
    """Return the agreement of two annotators, one pair of labels for each text.

    Cohen (1960), "A coefficient of agreement for nominal scales". Where both give every text the same one
    label, chance alone explains all and kappa, which is 0 / 0 then, counts as 1.

    Raises:
        ValueError: there is no pair.
    """
    if not pairs:
        raise ValueError("agreement needs at least one text that two have annotated")
    texts = len(pairs)
    observed = sum(first == second for first, second in pairs) / texts
    firsts, seconds = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    expected = sum(count * seconds[label] for label, count in firsts.items()) / texts**2
    return Agreement(texts, observed, (observed - expected) / (1 - expected) if expected < 1 else 1.0)


def by_kind(records: Sequence[Record]) -> dict[str, Agreement]:
    """Return the agreement of the first two annotators of each kind, and of all under ``all``."""
    pairs: dict[str, list[tuple[Hashable, Hashable]]] = {}
    for record in records:
        if len(record.annotators) > 1:
            first, second, *_ = record.annotators
            for name in (record.kind, ALL):
                pairs.setdefault(name, []).append((first.label, second.label))
    return {name: agreement(found) for name, found in sorted(pairs.items())}


def read_agreement(file: Path) -> dict[str, Agreement]:
    """Read the agreement before any text was dropped.

    Raises:
        CorpusError: the file is not what it should be.
    """
    try:
        kinds: Mapping[str, Any] = json.loads(file.read_text("utf-8"))["kinds"]
        return {name: Agreement(**figures) for name, figures in kinds.items()}
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise CorpusError([Problem(file.name, 0, f"is no record of agreement: {error}")]) from error


def check_agreement(records: Sequence[Record], file: Path, limits: Limits) -> tuple[list[Finding], float | None]:
    """Check kappa before texts were dropped, kind by kind; also return that of all texts.

    Without such a file it is the records themselves that are checked.
    """
    kept = by_kind(records)
    if file.is_file():
        told, note = read_agreement(file), "before disagreements were dropped"
        findings = [held(CHECK, True, f"{name}, as kept: {found}") for name, found in kept.items()]
    else:
        told, note, findings = kept, "as kept", [skipped(CHECK, f"no {FILE}, so only the records themselves are read")]
    for name, found in told.items():
        said = f"{name}, {note}: {found}; at least {limits.kappa} is needed"
        findings.append(held(CHECK, found.kappa >= limits.kappa, said))
    return findings, told[ALL].kappa if ALL in told else None
