"""The encoder's files: whose digests are pinned, and the folder that a conversion leaves, checked before it is used."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from training.bundle import MANIFEST, describe_file
from training.errors import TrainingError

SOURCE = Path(__file__).with_name("source.yaml")
MODEL = "encoder.onnx"
TOKENIZER = "tokenizer.json"

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class EncoderError(TrainingError):
    """The encoder's files are missing or are others than those that are pinned, or its packages are not installed."""

    status = 8


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Part):
    """``source.yaml``: which weights, where they are found, their digests, and what a graph needs to know of them."""

    name: str
    package: str
    folder: str
    layers: Annotated[int, Field(ge=1)]
    heads: Annotated[int, Field(ge=1)]
    epsilon: Annotated[float, Field(gt=0)]
    weights: str
    tokenizer: str
    files: dict[str, Digest]


class File(_Part):
    """Digest and size of a file."""

    sha256: Digest
    bytes: int


class Manifest(_Part):
    """What a converted folder says of itself: the source's digests, the converters' versions, and its own files."""

    name: str
    source: dict[str, Digest]
    libraries: dict[str, str]
    files: dict[str, File]


def read_source(file: Path = SOURCE) -> Source:
    """Read ``source.yaml``."""
    return Source.model_validate(yaml.safe_load(file.read_text("utf-8")))


def checked_source(folder: Path, source: Source) -> dict[str, bytes]:
    """Read the source's files out of a folder.

    Raises:
        EncoderError: a file is missing or is not the one that is pinned.
    """
    return {name: _checked(folder / name, digest, SOURCE.name) for name, digest in source.files.items()}


def read_folder(folder: Path, source: Source) -> dict[str, bytes]:
    """Read a converted folder's files, every one checked against the manifest before anything is made of it.

    Raises:
        EncoderError: there is no such folder, it was made from other weights, or a file is not what it was.
    """
    if not (folder / MANIFEST).is_file():
        raise EncoderError(f"{folder} holds no encoder: `python -m training encoder --convert` makes one")
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except ValidationError as error:
        raise EncoderError(f"{folder / MANIFEST}: {error}") from error
    if manifest.source != source.files:
        raise EncoderError(f"{folder} was made from other weights than {SOURCE.name} pins; convert them anew")
    missing = {MODEL, TOKENIZER} - set(manifest.files)
    if missing:
        raise EncoderError(f"{folder / MANIFEST} does not list {', '.join(sorted(missing))}")
    return {name: _checked(folder / name, wanted.sha256, MANIFEST) for name, wanted in manifest.files.items()}


def write_folder(folder: Path, files: Mapping[str, bytes], source: Source, libraries: Mapping[str, str]) -> Manifest:
    """Write a converted folder, its manifest last, each file by rename."""
    described = {name: File.model_validate(describe_file(content)) for name, content in files.items()}
    manifest = Manifest(name=source.name, source=source.files, libraries=dict(libraries), files=described)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MANIFEST).unlink(missing_ok=True)
    written = json.dumps(manifest.model_dump(), indent=2) + "\n"
    for name, content in {**files, MANIFEST: written.encode()}.items():
        fresh = folder / f".{name}.new"
        fresh.write_bytes(content)
        fresh.replace(folder / name)
    return manifest


def _checked(file: Path, wanted: str, where: str) -> bytes:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise EncoderError(f"{file} cannot be read: {error.strerror}") from error
    found = describe_file(content)["sha256"]
    if found != wanted:
        raise EncoderError(f"{file} is not the file that {where} names: its sha256 is {found}, wanted is {wanted}")
    return content
