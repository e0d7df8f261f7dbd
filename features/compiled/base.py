"""A fitted base compiled: its members, and the vote or stack over them. What is unknown stays as it was."""

from collections.abc import Callable, Sequence
from copy import copy
from typing import Any, Protocol

import numpy as np
from sklearn.ensemble import StackingClassifier, VotingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

from features.compiled.blocks import compile_block
from features.compiled.classifiers import Logistic, compile_classifier, join
from features.compiled.entries import Floats, Unknown
from features.compiled.layout import Layout
from features.document import Document


class _Member(Protocol):
    """Whatever gives probabilities for the documents of a layout."""

    def probabilities(self, layout: Layout) -> Floats:
        """Return probabilities, shape ``(documents, classes)``."""
        ...


class CompiledBase:
    """A drop-in for a fitted base: the same ``classes_``, the same probabilities within 1e-9.

    ``base`` is the base as it was fitted. ``uncompiled`` names what stayed on its path, each with the reason;
    empty if nothing did.
    """

    def __init__(self, base: Any, member: _Member, uncompiled: Sequence[str] = ()) -> None:
        self.base = base
        self.classes_ = np.asarray(base.classes_)
        self.uncompiled = tuple(uncompiled)
        self._member = member

    def predict_proba(self, documents: Sequence[Document]) -> Floats:
        """Return probabilities, shape ``(documents, classes)``."""
        if not documents:
            return np.zeros((0, len(self.classes_)))
        return self._member.probabilities(Layout(documents))


def compile_base(base: Any) -> CompiledBase:
    """Compile a fitted classifier over documents as far as its parts are known.

    Known are pipelines of feature blocks and a logistic regression or LightGBM, and soft votes and stacks of
    such; see ``CompiledBase.uncompiled`` for what is not.
    """
    uncompiled: list[str] = []
    return CompiledBase(base, _compile_member("base", base, uncompiled), uncompiled)


def compile_model(model: Pipeline) -> Pipeline:
    """Return a whole model whose base is compiled; the model given is left as it is, and shares all other parts."""
    stance = copy(model[-1])
    stance.base_ = compile_base(stance.base_)
    return Pipeline([*model.steps[:-1], (model.steps[-1][0], stance)])


def _compile_member(name: str, member: Any, uncompiled: list[str]) -> _Member:
    compiled = _COMPILED.get(type(member))
    try:
        if compiled is None:
            raise Unknown(f"no compiled form of {type(member).__name__}")
        return compiled(member, uncompiled)
    except Unknown as reason:
        uncompiled.append(f"{name}: {reason}")
        return _AsItWas(member)


class _AsItWas:
    """A member on its own path."""

    def __init__(self, member: Any) -> None:
        self._member = member

    def probabilities(self, layout: Layout) -> Floats:
        """Return probabilities, shape ``(documents, classes)``."""
        return np.asarray(self._member.predict_proba(layout.documents))


class _Blocks:
    """A pipeline of feature blocks and a classifier."""

    def __init__(self, pipeline: Pipeline, _: list[str]) -> None:
        if len(pipeline) != 2 or type(pipeline[0]) is not FeatureUnion or pipeline[0].transformer_weights:  # noqa: PLR2004
            raise Unknown("a pipeline of other steps than blocks and a classifier")
        self._blocks = [compile_block(block) for _, block in pipeline[0].transformer_list]
        self._widths = [block.width for block in self._blocks]
        self._classifier = compile_classifier(pipeline[-1])

    def probabilities(self, layout: Layout) -> Floats:
        """Return probabilities, shape ``(documents, classes)``."""
        cells = join([block.entries(layout) for block in self._blocks], self._widths)
        return self._classifier.predict_proba(cells, len(layout.documents))


class _Vote:
    """The weighted mean of members' probabilities."""

    def __init__(self, base: VotingClassifier, uncompiled: list[str]) -> None:
        if base.voting != "soft":
            raise Unknown("a vote of labels, not of probabilities")
        weights = base._weights_not_none  # which members were dropped is known to it alone
        self._shares = np.array([1.0] * len(base.estimators_) if weights is None else weights, dtype=np.float64)
        self._shares /= self._shares.sum()
        self._members = _compile_fitted(base, uncompiled)

    def probabilities(self, layout: Layout) -> Floats:
        """Return probabilities, shape ``(documents, classes)``."""
        votes = [
            share * member.probabilities(layout) for share, member in zip(self._shares, self._members, strict=True)
        ]
        return np.asarray(sum(votes))


class _Stack:
    """A logistic regression over members' probabilities."""

    def __init__(self, base: StackingClassifier, uncompiled: list[str]) -> None:
        if base.passthrough or type(base.final_estimator_) is not LogisticRegression:
            raise Unknown("a stack that also sees the documents, or ends in no logistic regression")
        if set(base.stack_method_) != {"predict_proba"}:
            raise Unknown("a stack over something else than probabilities")
        self._final = Logistic(base.final_estimator_)
        self._members = _compile_fitted(base, uncompiled)

    def probabilities(self, layout: Layout) -> Floats:
        """Return probabilities, shape ``(documents, classes)``."""
        return self._final.from_columns(np.hstack([member.probabilities(layout) for member in self._members]))


def _compile_fitted(base: Any, uncompiled: list[str]) -> list[_Member]:
    """Compile the fitted members of a vote or stack, each by its name."""
    names = [name for name, member in base.estimators if member != "drop"]
    return [_compile_member(name, member, uncompiled) for name, member in zip(names, base.estimators_, strict=True)]


_COMPILED: dict[type, Callable[[Any, list[str]], _Member]] = {
    Pipeline: _Blocks,
    VotingClassifier: _Vote,
    StackingClassifier: _Stack,
}
