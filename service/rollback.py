"""Moves the pointer back to the bundle before: by ``python -m service rollback`` or the admin call."""

import re
from pathlib import Path

from service.bundle import POINTER, BundleRefusedError, verify
from service.rename import write_by_rename


def roll_back(root: Path, to: str | None = None) -> str:
    """Point services to version ``to``, or to the next lower one that is whole; returns it.

    Raises:
        BundleRefusedError: there is no pointer to move, no such version, or its files are not as its manifest says.
        OSError: the pointer cannot be written.
    """
    if not (root / POINTER).is_file():
        raise BundleRefusedError(f"{root} has no pointer {POINTER} that could be moved")
    version = to or _before(root)
    verify(root / "bundles" / Path(version).name)
    point_to(root, version)
    return version


def point_to(root: Path, version: str) -> None:
    """Make the pointer name a version, by rename."""
    write_by_rename(root / POINTER, version)


def _before(root: Path) -> str:
    pointed = (root / POINTER).read_text(encoding="utf-8").strip()
    candidates = (entry.name for entry in (root / "bundles").iterdir() if entry.is_dir())
    for version in sorted((name for name in candidates if _order(name) < _order(pointed)), key=_order, reverse=True):
        try:
            verify(root / "bundles" / version)
        except (BundleRefusedError, OSError):
            continue
        return version
    raise BundleRefusedError(f"there is no whole bundle before version {pointed}")


def _order(version: str) -> list[tuple[int, str]]:
    """Numbers by value, the rest by letters: 9 before 10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.findall(r"\d+|\D+", version)]
