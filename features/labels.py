"""The three stances toward the claim, in the order in which answers list them."""

from typing import Final, Literal

Label = Literal["support", "deny", "neutral"]

LABELS: Final[tuple[Label, ...]] = ("support", "deny", "neutral")
NEUTRAL: Final[Label] = "neutral"
