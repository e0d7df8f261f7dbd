"""The RBF machine learns what no straight line can, from sparse columns, and its probabilities are a distribution."""

import numpy as np
from scipy.sparse import csr_matrix

from features.kernel import RbfSvm


def test_it_separates_rings() -> None:
    draw = np.random.default_rng(3)
    points = draw.uniform(-3, 3, (600, 2))
    labels = np.digitize(np.hypot(*points.T), [1.0, 2.2]).astype(str)
    machine = RbfSvm(C=10.0, gamma=1.0, components=150, random_state=1).fit(csr_matrix(points[:400]), labels[:400])
    found = machine.predict_proba(csr_matrix(points[400:]))
    assert found.shape == (200, 3)
    assert np.allclose(found.sum(axis=1), 1)
    assert (machine.predict(csr_matrix(points[400:])) == labels[400:]).mean() > 0.9
