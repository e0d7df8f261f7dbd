"""Which candidate stands for champion."""

from types import SimpleNamespace
from typing import Any, cast

from training.measured import Measured, chosen, ranked
from training.metrics import MACRO_F1


def candidate(name: str, macro_f1: float, log_loss: float, *, competes: bool = True) -> Measured:
    figures = {"cv_macro_f1": macro_f1, "cv_macro_f1_low": macro_f1 - 0.01, "cv_log_loss": log_loss}
    found: Any = SimpleNamespace(candidate=SimpleNamespace(name=name, competes=competes), figures=figures)
    return cast("Measured", found)


def choice(*found: Measured) -> str:
    return chosen(ranked(list(found), MACRO_F1), MACRO_F1).candidate.name


def test_of_equals_the_one_with_the_best_probabilities_is_chosen() -> None:
    assert choice(candidate("sharp", 0.802, 0.54), candidate("calibrated", 0.800, 0.49)) == "calibrated"


def test_good_probabilities_do_not_make_up_for_worse_decisions() -> None:
    assert choice(candidate("better", 0.802, 0.54), candidate("worse", 0.780, 0.40)) == "better"


def test_a_mere_member_is_not_chosen_unless_none_competes() -> None:
    member = candidate("member", 0.9, 0.1, competes=False)
    assert choice(member, candidate("other", 0.5, 0.9)) == "other"
    assert choice(member) == "member"
