"""The manifest of a bundle: what is in it, what made it, and what it needs."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class FileEntry(_Part):
    """SHA-256 and size of one file."""

    sha256: Digest
    bytes: Annotated[int, Field(ge=0)]


class Corpus(_Part):
    """What the model was trained on, and the digest of the frozen texts that it was measured on."""

    digest: str
    texts: int
    test_digest: str = ""  # empty in bundles of before it was noted


class Manifest(_Part):
    """``manifest.json``, schema 1. File names are plain names: no folders, no way out of the bundle."""

    schema_: Literal[1] = Field(alias="schema")
    name: Name
    claim: str | None = None  # that texts take a stance on; absent from bundles of before it was noted
    version: Name
    run_id: str
    created: AwareDatetime
    labels: list[str]
    classes: list[str]
    format: Literal["skops", "joblib"]
    files: dict[Name, FileEntry]
    libraries: dict[str, str]
    corpus: Corpus
    candidate: str
    metrics: dict[str, float]
    training_date: str
    label_shares: dict[str, Annotated[float, Field(ge=0, le=1)]] = {}  # of the training texts, by label

    @property
    def model_file(self) -> str:
        """Name of the file that holds the model."""
        return f"model.{self.format}"


class Golden(_Part):
    """A text whose answer must be reproduced before a bundle is used."""

    text: str
    stance: str
    probabilities: dict[str, float]
