"""All checks of a corpus, and its summary as one line of JSON."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from features.labels import LABELS
from training.checks import agreement, frozen
from training.checks.agreement import check_agreement
from training.checks.copies import check_copies, check_openings
from training.checks.finding import Finding, held
from training.checks.frozen import check_frozen
from training.checks.limits import APART, Limits
from training.checks.mix import check_mix
from training.checks.outside import Source, article_texts, behaviour_texts, check_outside
from training.checks.schema import check_schema
from training.checks.surface import check_surface
from training.corpus import Corpus


@dataclass(frozen=True)
class Places:
    """Where a corpus's companions are, any of which may be absent.

    Attributes:
        seeds: directory of ``agreement.json``, ``frozen.json`` and ``articles/``.
        behaviour: directory of the behavioural suite's cases.
        outside: JSON lines of texts that are kept for measuring.
    """

    seeds: Path
    behaviour: Path
    outside: Path | None


@dataclass(frozen=True)
class Checked:
    """What all checks found, and the summary of the corpus."""

    findings: tuple[Finding, ...]
    summary: dict[str, float | int | None]

    @property
    def failed(self) -> tuple[Finding, ...]:
        """The findings that break a limit."""
        return tuple(finding for finding in self.findings if finding.state == "failed")

    def as_json(self) -> str:
        """The summary as one line."""
        return json.dumps(self.summary)


def check_corpus(corpus: Corpus, places: Places, limits: Limits) -> Checked:
    """Run every check; those of the start's texts are apart from those of all others.

    Raises:
        CorpusError: a file beside the corpus is not what it should be.
    """
    new = [record for record in corpus.records if record.batch not in APART]
    apart = ", ".join(sorted(APART))
    agreed, kappa = check_agreement(new, places.seeds / agreement.FILE, limits)
    told, surface = check_surface(new, limits)
    findings = (
        held("schema", True, f"{len(corpus)} texts read, {len(corpus) - len(new)} of them apart: {apart}"),
        *check_schema(new, limits),
        *check_mix(new, limits),
        *check_copies(corpus.records, limits),
        *check_openings(new, limits),
        *told,
        *agreed,
        *check_frozen(corpus.split("test"), places.seeds / frozen.FILE),
        *check_outside(list(_sources(corpus, places)), places.outside, limits),
    )
    return Checked(findings, _summary(corpus, kappa, surface))


def _sources(corpus: Corpus, places: Places) -> Iterator[Source]:
    yield from (Source(record.id, record.text) for record in corpus.records)
    yield from behaviour_texts(places.behaviour)
    yield from article_texts(places.seeds / "articles")


def _summary(corpus: Corpus, kappa: float | None, surface: float | None) -> dict[str, float | int | None]:
    articles = sum(record.kind == "article" for record in corpus.records)
    counts: dict[str, float | int | None] = {"texts": len(corpus), "articles": articles}
    counts |= {label: corpus.labels.count(label) for label in LABELS}
    return counts | {"kappa": _rounded(kappa), "surface_macro_f1": _rounded(surface)}


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 4)
