"""Compiled modules instead of their sources, where they were built from these; see ``python -m features.native``.

Reading text is plain Python, which mypyc turns into C unchanged. What it builds lies in ``build/native``, out of the
source tree, beside a digest of the sources and of the interpreter. Where the digest is another, as after an edit,
what was built is left aside: answers come from the sources, only slower.
"""

import hashlib
import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from sysconfig import get_config_var
from types import ModuleType
from typing import Final

ROOT: Final = Path(__file__).parents[2]
BUILT: Final = Path("build") / "native"  # under the root
DIGEST: Final = "digest"
GROUP: Final = "features__mypyc"  # the library that the modules share
MODULES: Final = tuple(
    f"features.{name}"
    for name in (
        "text", "tokens", "sentences", "matcher", "document", "polarity", "scene", "roles", "frames", "claims",
        "topic", "blocks.frame_columns", "blocks.symbols",
    )
)  # fmt: skip
OFF: Final = "STANCE_INTERPRETED"  # set to anything, everything runs interpreted


class Compiled(MetaPathFinder):
    """Finds the compiled modules of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """Return where a compiled module lies, ``None`` for every other."""
        if fullname not in MODULES and fullname != GROUP:
            return None
        return spec_from_file_location(fullname, self._folder / library(fullname))


def prefer_compiled(root: Path = ROOT) -> None:
    """Have the compiled modules under a root imported instead of their sources, if they are of the same digest."""
    if OFF not in os.environ and is_fresh(root):
        sys.meta_path.insert(0, Compiled(root / BUILT))


def is_fresh(root: Path = ROOT) -> bool:
    """Return whether what was built under a root was built from its sources as they are, for this interpreter."""
    noted = root / BUILT / DIGEST
    return noted.is_file() and noted.read_text() == digest(root)


def is_compiled() -> bool:
    """Return whether this process runs the compiled modules."""
    return any(isinstance(finder, Compiled) for finder in sys.meta_path)


def digest(root: Path) -> str:
    """Return the digest of the sources under a root and of the interpreter that they are compiled for."""
    found = hashlib.sha256(library("").encode())
    for name in MODULES:
        found.update(source(root, name).read_bytes())
    return found.hexdigest()


def source(root: Path, name: str) -> Path:
    """Return the source file of a module."""
    return root / (name.replace(".", "/") + ".py")


def library(name: str) -> str:
    """Return the file name of a compiled module, as this interpreter expects it."""
    return name.replace(".", "/") + str(get_config_var("EXT_SUFFIX"))
