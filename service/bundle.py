"""Finds a bundle, verifies every byte of it, and only then opens the model.

Files are read once: what was hashed is what is loaded, whatever happens on disk in between.
"""

import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version as installed_version
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from features.labels import LABELS
from service.manifest import Golden, Manifest

MANIFEST = "manifest.json"
GOLDEN = "golden.json"
CARD = "card.md"
POINTER = "current"
PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")


class BundleRefusedError(Exception):
    """A bundle that must not be used; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A verified bundle: nothing in it has been executed or unpickled yet."""

    manifest: Manifest
    model: bytes
    golden: tuple[Golden, ...]
    card: str


def locate(root: Path) -> Path:
    """The bundle directory: ``root`` itself, or the one that its pointer file ``current`` names.

    Raises:
        BundleRefusedError: there is neither, or the pointer names no plain directory.
    """
    pointer = root / POINTER
    if not pointer.is_file():
        if (root / MANIFEST).is_file():
            return root
        raise BundleRefusedError(f"no bundle at {root}: it holds neither {MANIFEST} nor {POINTER}")
    version = pointer.read_text(encoding="utf-8").strip()
    if not PLAIN_NAME.fullmatch(version):
        raise BundleRefusedError(f"{POINTER} holds {version[:60]!r}, which is not the name of a version")
    return directory_of(root, version)


def directory_of(root: Path, version: str) -> Path:
    """The bundle directory of a version.

    Raises:
        BundleRefusedError: there is no such directory; a link is none.
    """
    directory = root / "bundles" / version
    if directory.is_symlink() or not directory.is_dir():
        raise BundleRefusedError(f"no bundle of version {version}: bundles/{version} is not a directory")
    return directory


def verify(directory: Path) -> Bundle:
    """Check names, sizes, digests, schema, labels and library versions; returns the bytes that were checked.

    Raises:
        BundleRefusedError: with the first thing found wrong.
    """
    manifest = _read_manifest(directory)
    _check_names(directory, manifest)
    _check_labels(manifest)
    _check_library(manifest)
    contents = {name: _read_checked(directory / name, manifest) for name in sorted(manifest.files)}
    try:
        golden = TypeAdapter(tuple[Golden, ...]).validate_json(contents[GOLDEN])
    except ValidationError as error:
        raise BundleRefusedError(f"{GOLDEN} does not fit its schema: {_first(error)}") from error
    if not golden:
        raise BundleRefusedError(f"{GOLDEN} holds no text")
    return Bundle(manifest, contents[manifest.model_file], golden, _text(contents[CARD]))


def _read_manifest(directory: Path) -> Manifest:
    try:
        return Manifest.model_validate_json(_read(directory / MANIFEST))
    except ValidationError as error:
        raise BundleRefusedError(f"{MANIFEST} does not fit its schema: {_first(error)}") from error


def _check_names(directory: Path, manifest: Manifest) -> None:
    present = {entry.name for entry in directory.iterdir()} - {MANIFEST}
    listed = set(manifest.files)
    if extra := present - listed:
        raise BundleRefusedError(f"not in the manifest: {_names(extra)}")
    if missing := (listed - present) | ({manifest.model_file, GOLDEN, CARD} - listed):
        raise BundleRefusedError(f"missing: {_names(missing)}")


def _check_labels(manifest: Manifest) -> None:
    if manifest.labels != list(LABELS) or manifest.classes != sorted(LABELS):
        raise BundleRefusedError(
            f"labels {manifest.labels} and classes {manifest.classes} are not {list(LABELS)}, sorted"
        )


def _check_library(manifest: Manifest) -> None:
    made = manifest.libraries.get("scikit-learn", "unknown")
    here = installed_version("scikit-learn")
    if made.split(".")[:2] != here.split(".")[:2]:
        raise BundleRefusedError(f"made with scikit-learn {made}, but {here} is installed")


def _read_checked(path: Path, manifest: Manifest) -> bytes:
    entry = manifest.files[path.name]
    content = _read(path, entry.bytes)
    if hashlib.sha256(content).hexdigest() != entry.sha256:
        raise BundleRefusedError(f"{path.name} does not have the SHA-256 of the manifest")
    return content


def _text(card: bytes) -> str:
    try:
        return card.decode()
    except UnicodeDecodeError as error:
        raise BundleRefusedError(f"{CARD} is not UTF-8: {error.reason} at byte {error.start}") from error


def _read(path: Path, size: int | None = None) -> bytes:
    """Read a regular file, following no link; its size is checked before its content is read."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            found = os.fstat(file.fileno()).st_size
            if size is not None and found != size:
                raise BundleRefusedError(f"{path.name} has {found} bytes, the manifest says {size}")
            return file.read()
    except OSError as error:
        raise BundleRefusedError(f"{path.name} cannot be read as a regular file: {error.strerror}") from error


def _first(error: ValidationError) -> str:
    problem = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(str(part) for part in problem['loc'])}: {problem['msg']}"


def _names(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
