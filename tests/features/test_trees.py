"""Trees as bit vectors: the booster's own scores, and a refusal of what they cannot hold."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lightgbm import LGBMClassifier

from features.compiled.entries import Entries, Floats, Unknown
from features.compiled.trees import Trees

COLUMNS = 12
CELLS = st.lists(st.sampled_from([0.0, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0]), min_size=COLUMNS, max_size=COLUMNS)


@cache
def boosted(leaves: int, columns_from: float = 0.0, objective: str = "multiclass") -> LGBMClassifier:
    draw = np.random.default_rng(3)
    cells = draw.integers(0, 4, (600, COLUMNS)) / 1.5 + columns_from
    labels = (cells[:, 0] * cells[:, 1] + cells[:, 2:5].sum(axis=1) + draw.normal(size=600)).round() % 3
    model = LGBMClassifier(
        n_estimators=12, num_leaves=leaves, min_child_samples=2, objective=objective, n_jobs=1, verbosity=-1
    )
    return model.fit(cells, labels)


def scored(trees: Trees, cells: Floats) -> Floats:
    rows, columns = cells.nonzero()
    return trees.scores(Entries(rows, columns, cells[rows, columns]), len(cells))


@pytest.mark.parametrize("leaves", [7, 15, 16, 31, 60, 64])
@settings(max_examples=30, deadline=None)
@given(rows=st.lists(CELLS, min_size=1, max_size=40))
def test_scores_are_the_boosters(leaves: int, rows: list[list[float]]) -> None:
    booster = boosted(leaves).booster_
    cells = np.array(rows)
    assert np.abs(scored(Trees(booster), cells) - booster.predict(cells, raw_score=True)).max() <= 1e-12


def test_trees_that_learned_nothing_give_every_text_the_same_scores() -> None:
    model = LGBMClassifier(n_estimators=2, n_jobs=1, verbosity=-1).fit(np.zeros((60, 2)), np.arange(60) % 3)
    cells = np.array([[0.0, 0.0], [1.0, 2.0]])
    assert scored(Trees(model.booster_), cells) == pytest.approx(model.booster_.predict(cells, raw_score=True))


@pytest.mark.parametrize(
    ("model", "why"),
    [
        (lambda: boosted(65), "leaves"),
        (lambda: boosted(7, columns_from=-1.0), "below 0"),
        (lambda: boosted(7, objective="multiclassova"), "objective"),
    ],
)
def test_what_an_empty_cell_would_not_pass_is_refused(model: object, why: str) -> None:
    assert callable(model)
    with pytest.raises(Unknown, match=why):
        Trees(model().booster_)
