"""A support vector machine with an RBF kernel that learns from ten thousand texts in seconds."""

from typing import Any, Self, cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, issparse
from scipy.special import softmax
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.kernel_approximation import Nystroem
from sklearn.svm import LinearSVC


class RbfSvm(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Linear support vector machines, one against the rest, over an approximate RBF feature map.

    Williams and Seeger (2001), "Using the Nyström method to speed up kernel machines". Its probabilities are the
    softmax of the margins; the temperature that makes them calibrated is fitted around it, on held-out texts.

    Args:
        C: inverse strength of the regularisation.
        gamma: of the kernel ``exp(-gamma |x - y|^2)``.
        components: training texts that the feature map stands on.
        random_state: seed of their draw.
    """

    def __init__(
        self, C: float = 1.0, gamma: float = 0.02, components: int = 400, random_state: int | None = None
    ) -> None:
        self.C = C
        self.gamma = gamma
        self.components = components
        self.random_state = random_state

    def fit(self, X: Any, y: Any) -> Self:
        """Fit on columns, shape ``(texts, columns)``, and labels."""
        components = min(self.components, X.shape[0])
        self.map_ = Nystroem(gamma=self.gamma, n_components=components, random_state=self.random_state).fit(X)
        landmarks = self.map_.components_
        if issparse(landmarks):  # spelled out: a saved model holds plain arrays alone
            self.map_.components_ = cast("csr_matrix", landmarks).toarray()
        self.svm_ = LinearSVC(C=self.C, class_weight="balanced", random_state=self.random_state)
        self.svm_.fit(self.map_.transform(X), y)
        self.classes_ = self.svm_.classes_
        return self

    def predict_proba(self, X: Any) -> NDArray[np.float64]:
        """Return probabilities, shape ``(texts, classes)``; three classes or more are needed."""
        return np.asarray(softmax(self.svm_.decision_function(self.map_.transform(X)), axis=1), dtype=np.float64)

    def predict(self, X: Any) -> NDArray[np.str_]:
        """Return the most probable label of each row."""
        return np.asarray(self.classes_[self.predict_proba(X).argmax(axis=1)])
