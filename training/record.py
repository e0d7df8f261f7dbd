"""One labelled text: the schema of a line of the corpus."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from features.labels import LABELS

Kind = Literal["headline", "sentence", "summary", "paragraph", "article"]
Split = Literal["train", "test"]


def _known(label: str) -> str:
    if label not in LABELS:
        raise ValueError(f"unknown label {label!r}; one of {', '.join(LABELS)} is needed")
    return label


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    return text


KnownLabel = Annotated[str, AfterValidator(_known)]
Filled = Annotated[str, AfterValidator(_not_blank)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Annotation(_Part):
    """What one annotator said."""

    by: Filled
    label: KnownLabel


class SentenceMark(_Part):
    """A labelled sentence: ``text[start:end]`` in code points, with the speaker of reported speech."""

    start: Annotated[int, Field(ge=0)]
    end: int
    label: KnownLabel
    speaker: str | None = None


class Record(_Part):
    """A labelled text with its place in the split and what is known about it.

    Texts of one ``group`` are near-duplicates of each other; those of one ``batch`` were written by one hand.
    Neither is ever on both sides of the split, and no fold of a cross-validation divides a batch.
    """

    id: Filled
    text: Filled
    label: KnownLabel
    kind: Kind
    group: Filled
    split: Split
    batch: str | None = None
    genre: str | None = None
    phenomenon: str | None = None
    year: int | None = None
    note: str | None = None
    annotators: Annotated[tuple[Annotation, ...], Field(strict=False)] = ()
    settled_by: str | None = None
    sentences: Annotated[tuple[SentenceMark, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _sentences_lie_in_the_text(self) -> Self:
        """Sentences are in order, do not overlap, and none begins or ends outside the text or in a blank."""
        reached = 0
        for number, mark in enumerate(self.sentences, 1):
            place = f"sentence {number} ({mark.start}–{mark.end})"  # noqa: RUF001
            if not mark.start < mark.end <= len(self.text):
                raise ValueError(f"{place} does not lie in the text of {len(self.text)} code points")
            if mark.start < reached:
                raise ValueError(f"{place} begins before the sentence before it ends, at {reached}")
            piece = self.text[mark.start : mark.end]
            if piece != piece.strip():
                raise ValueError(f"{place} begins or ends with a blank")
            reached = mark.end
        return self
