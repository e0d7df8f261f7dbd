"""The bundle: the directory that passes from training to service, and the proof that it is whole."""

import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sklearn.pipeline import Pipeline

from features.labels import LABELS
from training.errors import BundleError
from training.model_file import NAME, load_model

SCHEMA = 1
MANIFEST = "manifest.json"
GOLDEN = "golden.json"
CARD = "card.md"
POINTER = "current"

Manifest = dict[str, Any]


@dataclass(frozen=True)
class Bundle:
    """A verified bundle: its manifest and its model."""

    manifest: Manifest
    model: Pipeline


def locate(path: Path) -> Path:
    """Find the bundle directory: ``path`` itself, or what a file ``current``, ``path`` or in it, names.

    Raises:
        BundleError: there is none.
    """
    pointer = path if path.is_file() else path / POINTER
    if pointer.is_file():
        named = pointer.read_text("utf-8").strip()
        path = pointer.parent / "bundles" / named
    if not (path / MANIFEST).is_file():
        raise BundleError(f"{path} is no bundle: it has no {MANIFEST}; `train` and `export` make one")
    return path


def read_bundle(path: Path) -> Bundle:
    """Verify a bundle, then load its model.

    Raises:
        BundleError: files, sizes or digests are not those of the manifest, or the model cannot be loaded.
    """
    directory = locate(path)
    manifest = read_manifest(directory)
    return Bundle(manifest, load_model(directory / NAME))


def read_manifest(directory: Path) -> Manifest:
    """Read the manifest and check every file against it."""
    try:
        manifest: Manifest = json.loads((directory / MANIFEST).read_text("utf-8"))
        files: Mapping[str, Any] = manifest["files"]
        schema = manifest["schema"]
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise BundleError(f"{directory.name}/{MANIFEST} cannot be read: {error!r}") from error
    if schema != SCHEMA:
        raise BundleError(f"{directory.name}: schema {schema}, but this code reads schema {SCHEMA}")
    there = {file.name for file in directory.iterdir()} - {MANIFEST}
    if there != set(files):
        odd = ", ".join(sorted(there ^ set(files)))
        raise BundleError(f"{directory.name}: files and manifest disagree on {odd}")
    for name, wanted in files.items():
        if describe_file((directory / name).read_bytes()) != wanted:
            raise BundleError(f"{directory.name}/{name} is not the file that the manifest describes")
    return manifest


def write_bundle(directory: Path, files: Mapping[str, bytes], facts: Manifest) -> None:
    """Write files and manifest beside ``directory``, then move them there in one step.

    Args:
        directory: where the bundle is to stand; one that stands there already is replaced.
        files: name to content.
        facts: what the manifest says besides schema, labels, format and files.
    """
    described = {name: describe_file(content) for name, content in files.items()}
    manifest = {"schema": SCHEMA, **facts, "labels": list(LABELS), "format": "skops", "files": described}
    directory.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=directory.parent, prefix=".new-") as scratch:
        fresh, former = Path(scratch, "fresh"), Path(scratch, "former")
        fresh.mkdir()
        for name, content in files.items():
            (fresh / name).write_bytes(content)
        (fresh / MANIFEST).write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", "utf-8")
        if directory.exists():
            directory.rename(former)
        fresh.rename(directory)


def point_to(models: Path, version: str) -> None:
    """Make ``models/current`` name a version, by rename."""
    fresh = models / f".{POINTER}.new"
    fresh.write_text(version + "\n", "utf-8")
    fresh.replace(models / POINTER)


def describe_file(content: bytes) -> dict[str, str | int]:
    """Digest and size, as the manifest lists them."""
    return {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
