"""Which calibration wins: none, one temperature, or isotonic curves, on texts that they were not fitted on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from sklearn.model_selection import GroupKFold

from features.calibration import fit_temperature, shift_prior, temper
from features.calibration_isotonic import apply_isotonic, fit_isotonic
from features.document import Document
from features.labels import LABELS
from features.topic import off_topic_reason
from training.calibration import expected_calibration_error
from training.calibration_plots import reliability_panels
from training.candidates import Candidate, Finish, Plan
from training.corpus import Corpus
from training.fit import Trained, train_candidates
from training.metrics import brier, log_loss
from training.scored import FloatArray, IntArray, Scored, from_probabilities, in_label_order

Calibrator = Callable[[FloatArray], FloatArray]
METHODS = ("none", "temperature", "isotonic")


@dataclass(frozen=True)
class Labelled:
    """Texts that the calibrations are to be measured on; ``truth`` as places in ``LABELS``, shape (texts,)."""

    name: str
    documents: list[Document]
    truth: IntArray

    @property
    def on_topic(self) -> "Labelled":
        """Those that are on topic: the others are answered by a rule, whatever the calibration."""
        rows = [row for row, document in enumerate(self.documents) if off_topic_reason(document) is None]
        return Labelled(self.name, [self.documents[row] for row in rows], self.truth[rows])


@dataclass(frozen=True)
class Side:
    """A set of texts as the compared calibrations see them: ``scored`` by method."""

    name: str
    scored: dict[str, Scored]

    @property
    def rows(self) -> list[tuple[str, str, float, float, float]]:
        """Name, method, log loss, Brier score and calibration error, a row a method."""
        return [
            (self.name, method, log_loss(scored), brier(scored), expected_calibration_error(scored))
            for method, scored in self.scored.items()
        ]


def fit_calibrator(method: str, probabilities: FloatArray, truth: IntArray) -> Calibrator:
    """Fit one of ``METHODS`` on held-out probabilities of shape (texts, 3)."""
    if method == "temperature":
        temperature = fit_temperature(probabilities, truth)
        return lambda given: temper(given, temperature)
    if method == "isotonic":
        curves = fit_isotonic(probabilities, truth)
        return lambda given: apply_isotonic(given, curves)
    return lambda given: given


def compare_calibrators(
    candidate: Candidate, plan: Plan, train: Corpus, others: Sequence[Labelled], seed: int
) -> list[Side]:
    """Fit a candidate, then each calibration on its held-out probabilities, and measure all of them.

    The first side is the training split, each fold calibrated by what was fitted on the other folds' held-out
    probabilities. Then come the ``others``, without the prior's shift and, where the plan has a prior, with it.
    Texts off topic are left out, since a rule answers them.
    """
    bare = plan.model_copy(update={"model": Finish()})
    trained = train_candidates([candidate], bare, train, seed=seed, jobs=1)[0]
    held_out = trained.uncalibrated.probabilities
    sides = [Side("held-out folds", _cross_fitted(held_out, train))]
    fitted = {method: fit_calibrator(method, held_out, train.truth) for method in METHODS}
    for other in others:
        texts = other.on_topic
        name, truth = texts.name, texts.truth
        raw = _uncalibrated(trained, texts.documents)
        calibrated = {method: calibrate(raw) for method, calibrate in fitted.items()}
        sides.append(Side(name, {m: from_probabilities(truth, given) for m, given in calibrated.items()}))
        if plan.model.prior and plan.model.prior_strength:
            shifted = {m: _shift(given, fitted[m](held_out), plan.model) for m, given in calibrated.items()}
            sides.append(Side(f"{name}, prior", {m: from_probabilities(truth, given) for m, given in shifted.items()}))
    return sides


def winner(sides: Sequence[Side]) -> str:
    """The method with the lowest log loss on the held-out folds."""
    return min(sides[0].scored, key=lambda method: log_loss(sides[0].scored[method]))


def figures(sides: Sequence[Side]) -> dict[str, Figure]:
    """Reliability of every method, a figure a side, by file name."""
    return {
        f"{side.name.replace(', ', '-').replace(' ', '-')}.png": reliability_panels(
            {f"{side.name}: {method}": scored for method, scored in side.scored.items()}
        )
        for side in sides
    }


def save(sides: Sequence[Side], directory: Path) -> None:
    """Write ``figures`` to a directory."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, figure in figures(sides).items():
        figure.savefig(directory / name)


def _cross_fitted(held_out: FloatArray, train: Corpus) -> dict[str, Scored]:
    found = {method: np.zeros_like(held_out) for method in METHODS}
    folds = min(5, len(set(train.batches)))
    for fitting, measuring in GroupKFold(folds).split(held_out, train.truth, train.batches):
        for method, given in found.items():
            given[measuring] = fit_calibrator(method, held_out[fitting], train.truth[fitting])(held_out[measuring])
    return {method: from_probabilities(train.truth, given) for method, given in found.items()}


def _uncalibrated(trained: Trained, documents: list[Document]) -> FloatArray:
    """Probabilities as they are before the temperature, in the order of ``LABELS``."""
    classifier = trained.model[-1]
    return in_label_order(
        temper(classifier.predict_proba(documents), 1 / classifier.temperature_), [str(c) for c in classifier.classes_]
    )


def _shift(given: FloatArray, held_out: FloatArray, finish: Finish) -> FloatArray:
    target = np.array([(finish.prior or {})[label] for label in LABELS])
    return shift_prior(given, held_out.mean(axis=0), target, finish.prior_strength)
