"""The bodies of the HTTP contract, in and out. Offsets count Unicode code points of the text as sent."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from features.labels import Label

NOT_BLANK = r"\S"
Text = Annotated[str, Field(pattern=NOT_BLANK, description="English text; not empty, not blank")]


class Body(BaseModel):
    """Base of request bodies: no unknown fields, no silent conversions."""

    model_config = ConfigDict(extra="forbid", strict=True)


class StanceRequest(Body):
    """One text."""

    text: Text = Field(examples=["Beijing denied sending weapons to Russia."])
    explain: bool = Field(default=False, description="also return the sentences, their stance and cues")


class BatchRequest(Body):
    """Several texts, answered in order."""

    texts: list[Text] = Field(
        min_length=1,
        examples=[["Beijing denied sending weapons to Russia.", "China is arming Russia, officials say."]],
    )
    explain: bool = Field(default=False, description="also return the sentences of every text")


class FeedbackRequest(Body):
    """What stance a text has, in a reader's opinion."""

    text: Text = Field(examples=["Beijing denied sending weapons to Russia."])
    stance: Label = Field(description="the stance that the text has", examples=["deny"])
    comment: str | None = Field(default=None, max_length=2_000, description="why, in a few words")


class Kept(BaseModel):
    """That feedback has been kept."""

    status: Literal["kept"]


class Probabilities(BaseModel):
    """A probability for each stance; they sum to 1."""

    support: float = Field(ge=0, le=1)
    deny: float = Field(ge=0, le=1)
    neutral: float = Field(ge=0, le=1)


class CueFound(BaseModel):
    """Words that speak for or against, and the feature they belong to."""

    start: int
    end: int
    text: str
    feature: str


class SentenceStance(BaseModel):
    """A sentence of the text, its own stance, and its share of the text's (weights sum to 1)."""

    start: int
    end: int
    text: str
    stance: Label
    probabilities: Probabilities
    weight: float
    speaker: str | None = Field(description="who is reported to say it, if anyone")
    cues: list[CueFound]


class ModelName(BaseModel):
    """Which model answered."""

    name: str
    version: str


class StanceResult(BaseModel):
    """The stance of one text."""

    stance: Label
    probabilities: Probabilities
    on_topic: bool = Field(description="false: not English, or does not name both sides; then neutral")
    reason: str | None = Field(default=None, description="why off topic; left out when on topic")
    sentences: list[SentenceStance] | None = Field(default=None, description="only with `explain`")


class StanceAnswer(StanceResult):
    """The stance of one text and the model that decided it."""

    model: ModelName


class BatchAnswer(BaseModel):
    """One result a text, in the order sent."""

    results: list[StanceResult]
    model: ModelName


class Limits(BaseModel):
    """What this service takes in one request."""

    max_body_bytes: int
    max_batch_texts: int
    max_text_characters: int
    max_total_characters: int
    max_pending_texts: int
    max_pending_explained: int
    deadline_seconds: float


class Refusal(BaseModel):
    """A bundle that was not taken up, and why."""

    bundle: str
    reason: str
    at: datetime


class Changed(BaseModel):
    """What an administrator's call has done."""

    before: str | None = Field(description="version in use before, in the worker that answers")
    version: str = Field(description="version in use now")


class ModelInfo(BaseModel):
    """The model in use, how well it does, and what the service takes."""

    name: str
    claim: str | None = Field(default=None, description="what texts take a stance on; null in older bundles")
    version: str
    run_id: str
    candidate: str
    labels: list[str]
    metrics: dict[str, float]
    training_date: str
    corpus_digest: str
    card: str = Field(description="the model card, in Markdown")
    feedback: bool = Field(description="whether feedback is kept; if not, `POST /v1/feedback` answers 503")
    limits: Limits
    last_refused: Refusal | None = Field(description="the newest bundle, if it was refused")


class Health(BaseModel):
    """Alive, or ready."""

    status: str


class ErrorBody(BaseModel):
    """The shape of every answer that is not 2xx."""

    error: str = Field(description="what went wrong, and which limit")
    error_type: str = Field(description="the same in one word, for programs")
