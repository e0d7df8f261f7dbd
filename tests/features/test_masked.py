"""Names masked: what a model learns of one actor holds for all of his side."""

import numpy as np

from features.blocks.ngrams import MaskedWordNgrams
from features.document import analyse


def columns(*texts: str) -> list[list[float]]:
    block = MaskedWordNgrams(ngram_range=(1, 3), dtype=np.float64)
    cells: list[list[float]] = block.fit_transform([analyse(text) for text in texts]).toarray().tolist()
    return cells


def test_names_of_one_side_are_alike() -> None:
    first, second = columns("Beijing denies arming Moscow", "China denies arming Russia")
    assert first == second


def test_sides_and_their_order_are_kept() -> None:
    first, second = columns("China denies arming Russia", "Russia denies arming China")
    assert first != second


def test_figures_are_alike() -> None:
    first, second = columns("China sold 40 drones", "China sold 7,000 drones")
    assert first == second
