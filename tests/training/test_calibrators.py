"""Which calibration wins."""

from pathlib import Path

import pytest

from tests.training.conftest import invented, write_rows
from training.calibrators import METHODS, Labelled, compare_calibrators, figures, winner
from training.candidates import Plan
from training.corpus import read_corpus


@pytest.mark.slow
def test_every_method_is_measured_where_it_was_not_fitted_and_with_the_prior(tmp_path: Path, plan: Plan) -> None:
    corpus = read_corpus(write_rows(tmp_path, invented()))
    test = corpus.split("test")
    prior = {"support": 0.1, "deny": 0.1, "neutral": 0.8}
    shifted = plan.model_copy(update={"model": plan.model.model_copy(update={"prior": prior, "prior_strength": 1.0})})
    others = [Labelled("frozen split", test.documents, test.truth)]
    sides = compare_calibrators(plan.candidate("words"), shifted, corpus.split("train"), others, seed=0)
    assert [side.name for side in sides] == ["held-out folds", "frozen split", "frozen split, prior"]
    assert all(tuple(side.scored) == METHODS for side in sides)
    losses = {method: loss for _, method, loss, _, _ in sides[0].rows}
    assert winner(sides) == min(losses, key=losses.__getitem__)
    assert losses["temperature"] < losses["none"]
    neutral = [side.scored["temperature"].probabilities[:, 2].mean() for side in sides[1:]]
    assert neutral[0] < neutral[1]
    assert sorted(figures(sides)) == ["frozen-split-prior.png", "frozen-split.png", "held-out-folds.png"]
