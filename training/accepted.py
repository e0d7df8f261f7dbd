"""From accepted feedback to corpus records: ``feedback.jsonl``, a batch of its own on the training side."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from features.document import analyse
from features.text import normalise
from training.corpus import Corpus, read_corpus
from training.feedback import Accepted
from training.proposals import Neighbours
from training.record import Annotation, Kind, Record

FILE = "feedback.jsonl"
BATCH = "feedback"
TOO_NEAR = 0.9  # cosine to a frozen test text: learning the one would be learning the other
LONGEST: tuple[tuple[int, Kind], ...] = ((400, "summary"), (1_000, "paragraph"))  # code points, as in the corpus


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of the accepted texts: records in the file now, and texts kept out of it, by reason."""

    records: int
    known: int
    too_near: int

    def __str__(self) -> str:
        said = f"{self.records} accepted texts in {FILE}"
        left = [
            f"{count} left out: {why}"
            for count, why in ((self.known, "in the corpus already"), (self.too_near, "too near a frozen test text"))
            if count
        ]
        return "; ".join([said, *left])


def export_accepted(accepted: Sequence[Accepted], directory: Path) -> Exported:
    """Add accepted feedback to the corpus. What an earlier review brought in stays, unless decided anew.

    Raises:
        CorpusError: the corpus does not keep to its schema; nothing is written then.
    """
    corpus = read_corpus(directory)
    others = [record for record in corpus.records if record.batch != BATCH]
    held = {record.id: record for record in corpus.records if record.batch == BATCH}
    known = {_folded(record.text) for record in others}
    fresh = [found for found in accepted if _folded(found.item.text) not in known]
    near = Neighbours(corpus.split("test")).nearest([found.item.text for found in fresh])
    kept = [found for found, (cosine, _) in zip(fresh, near, strict=True) if cosine < TOO_NEAR]
    held |= {record.id: record for record in map(record_of, kept)}
    if kept:
        _write(directory / FILE, Corpus(tuple(held.values())))
    return Exported(len(held), len(accepted) - len(fresh), len(fresh) - len(kept))


def record_of(accepted: Accepted) -> Record:
    """The corpus record of a text; readers' comments stay in the database."""
    item, label = accepted.item, accepted.label
    name = f"{BATCH}-{item.digest[:16]}"
    said = next(iter(item.said))
    return Record(
        id=name,
        text=item.text,
        label=label,
        kind=kind_of(item.text),
        group=name,
        split="train",
        batch=BATCH,
        year=item.year,
        annotators=(Annotation(by="reader", label=said), Annotation(by="reviewer", label=label)),
        settled_by=None if said == label else "reviewer",
    )


def kind_of(text: str) -> Kind:
    """What a text seems to be, by its sentences and length."""
    if len(analyse(text).sentences) <= 1:
        return "sentence" if text.rstrip("\"'”’ \n").endswith((".", "!", "?", "…")) else "headline"  # noqa: RUF001
    return next((kind for limit, kind in LONGEST if len(text) <= limit), "article")


def _folded(text: str) -> str:
    return " ".join(normalise(text).split())


def _write(file: Path, corpus: Corpus) -> None:
    fresh = file.with_name(f".{file.name}.new")
    lines = [record.model_dump_json(exclude_none=True, exclude_defaults=True) for record in corpus.records]
    fresh.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    fresh.replace(file)
