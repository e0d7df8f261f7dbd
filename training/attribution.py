"""What the members of a fitted model go by: coefficients of the linear ones, SHAP values of the trees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from lightgbm import LGBMClassifier
from numpy.typing import NDArray
from sklearn.base import ClassifierMixin
from sklearn.calibration import CalibratedClassifierCV
from sklearn.pipeline import Pipeline

from features.document import Document
from training.scored import FloatArray

Rows = list[dict[str, object]]


@dataclass(frozen=True)
class Strengths:
    """What each column of a member does to each class.

    Attributes:
        kind: ``coefficient``, or ``SHAP`` where the weights are means of absolute SHAP values.
        classes: labels in the order of the rows of ``weights``.
        names: columns, ``block__feature``.
        weights: shape (classes, columns).
        signs: where ``weights`` have none, whether a column that is filled speaks for (+1) or against (-1)
            a class; shape (classes, columns).
    """

    kind: str
    classes: Sequence[str]
    names: NDArray[np.object_]
    weights: FloatArray
    signs: FloatArray

    def strongest(self, label: str, most: int) -> list[tuple[str, float]]:
        """The columns with the highest weights for a label, and their signed weights, strongest first."""
        row = list(self.classes).index(label)
        best = np.argsort(-self.weights[row], kind="stable")[:most]
        return [
            (str(self.names[place]), float(self.weights[row, place] * self.signs[row, place]))
            for place in best
            if self.weights[row, place] > 0
        ]

    def rows(self, member: str, most: int) -> Rows:
        """The strongest columns of every class as rows of a table."""
        return [
            {"member": member, "label": label, "rank": rank, "feature": name, self.kind: round(weight, 5)}
            for label in self.classes
            for rank, (name, weight) in enumerate(self.strongest(label, most), 1)
        ]


def strengths(model: Pipeline, documents: list[Document]) -> dict[str, Strengths]:
    """Strengths by member, of those members that have coefficients or are LightGBM's trees.

    Args:
        model: a fitted pipeline of ``features.model.make_model``.
        documents: what SHAP values are taken over.
    """
    # Members of a vote or stack have learned numbers for the labels; these stand in the same, sorted order.
    labels = [str(label) for label in model[-1].classes_]
    found: dict[str, Strengths] = {}
    for name, member in members(model).items():
        union, classifier = member[:-1], member[-1]
        coefficients = _coefficients(classifier)
        if coefficients is not None:
            columns = union.get_feature_names_out()
            found[name] = Strengths("coefficient", labels, columns, coefficients, np.ones_like(coefficients))
        elif isinstance(classifier, LGBMClassifier) and documents:
            found[name] = _shap(classifier, union, documents, labels)
    return found


def members(model: Pipeline) -> Mapping[str, Pipeline]:
    """The block pipelines within a fitted model by name; the name of a lone one is ``model``."""
    base = model[-1].base_
    named: Mapping[str, Pipeline] = getattr(base, "named_estimators_", {"model": base})
    return named


def _coefficients(classifier: ClassifierMixin) -> FloatArray | None:
    """Coefficients of shape (classes, columns); a calibrated classifier has the mean of its folds'."""
    if isinstance(classifier, CalibratedClassifierCV):
        folds = [_coefficients(fold.estimator) for fold in classifier.calibrated_classifiers_]
        known = [fold for fold in folds if fold is not None]
        return np.asarray(np.mean(known, axis=0)) if known else None
    found: FloatArray | None = getattr(classifier, "coef_", None)
    return found if found is not None and len(found) == len(classifier.classes_) else None


def _shap(classifier: LGBMClassifier, union: Pipeline, documents: list[Document], labels: list[str]) -> Strengths:
    """Mean absolute SHAP values, by LightGBM's own exact TreeSHAP (Lundberg, Erion and Lee 2018)."""
    columns = union.transform(documents)
    dense = np.asarray(columns.todense() if hasattr(columns, "todense") else columns, dtype=np.float64)
    values = classifier.booster_.predict(dense, pred_contrib=True, num_threads=1)
    # The last column of each class's block is the expected value, which belongs to no feature.
    values = values.reshape(len(dense), len(classifier.classes_), -1)[:, :, :-1]
    filled = (dense != 0)[:, None, :]
    return Strengths(
        kind="SHAP",
        classes=labels,
        names=union.get_feature_names_out(),
        weights=np.abs(values).mean(axis=0),
        signs=np.where((values * filled).sum(axis=0) < 0, -1.0, 1.0),
    )
