"""What a run stood on: the commit, the machine's cores, and the versions of the libraries."""

import os
import platform
import subprocess
from importlib.metadata import version

LIBRARIES = ("scikit-learn", "skops", "lightgbm", "numpy", "scipy")


def libraries() -> dict[str, str]:
    """Versions of Python (major.minor) and of the libraries that a saved model depends on."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {"python": python, **{name: version(name) for name in LIBRARIES}}


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def commit() -> str:
    """The commit checked out, with ``+changes`` where files differ from it; ``unknown`` outside a clone."""
    head = _git("rev-parse", "HEAD")
    if not head:
        return "unknown"
    return f"{head}+changes" if _git("status", "--porcelain", "--untracked-files=no") else head


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)  # noqa: S603, S607
    except OSError:  # no git on this machine
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
