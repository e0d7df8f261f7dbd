"""What a check of the corpus found."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "failed", "skipped"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: by which check, what was found against which limit, and how that stands."""

    check: str
    said: str
    state: State


def held(check: str, holds: bool, said: str) -> Finding:
    """Return a finding that is ``ok`` if something holds and ``failed`` if not."""
    return Finding(check, said, "ok" if holds else "failed")


def skipped(check: str, why: str) -> Finding:
    """Return a finding that says why nothing was checked."""
    return Finding(check, why, "skipped")


def at_least(check: str, what: str, count: int, limit: int) -> Finding:
    """Return the finding that there are ``count`` of something of which ``limit`` are needed."""
    return held(check, count >= limit, f"{count} {what}; at least {limit} are needed")


def share_near(check: str, what: str, share: float, wanted: float, tolerance: float) -> Finding:
    """Return the finding that a share from 0 to 1 is the one wanted, give or take a tolerance."""
    said = f"{what}: {share:.1%}; {wanted:.0%} is wanted, give or take {100 * tolerance:.0f} points"
    return held(check, abs(share - wanted) <= tolerance, said)


def share_from(check: str, what: str, share: float, limit: float) -> Finding:
    """Return the finding that a share from 0 to 1 is at least a limit."""
    return held(check, share >= limit, f"{what}: {share:.1%}; at least {limit:.0%} is needed")
