"""Calibrated probabilities: one temperature, then one shift of the prior towards real traffic."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax

_LEAST = 1e-9
_LOG_TEMPERATURES = (-2.5, 2.5)

Probabilities = NDArray[np.float64]


def fit_temperature(probabilities: Probabilities, rows: NDArray[np.intp]) -> float:
    """Return the temperature that minimises the log loss of held-out probabilities.

    Guo et al. (2017), "On calibration of modern neural networks", section 4.2.

    Args:
        probabilities: shape ``(texts, classes)``, from models that did not see the text.
        rows: the true class of each text, as a column's number.
    """
    logs = np.log(np.clip(probabilities, _LEAST, 1.0))
    picked = np.arange(len(rows))

    def loss(log_temperature: float) -> float:
        scaled = log_softmax(logs / np.exp(log_temperature), axis=1)
        return -float(scaled[picked, rows].mean())

    return float(np.exp(minimize_scalar(loss, bounds=_LOG_TEMPERATURES, method="bounded").x))


def temper(probabilities: Probabilities, temperature: float) -> Probabilities:
    """Return probabilities with their logarithms divided by ``temperature``, normalised; same shape."""
    powers = np.maximum(probabilities, _LEAST) ** (1 / temperature)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float64)


def shift_prior(
    probabilities: Probabilities, learned: Probabilities, target: Probabilities, strength: float
) -> Probabilities:
    """Return probabilities moved from the prior they were learned under towards another; same shape.

    Saerens, Latinne and Decaestecker (2002), "Adjusting the outputs of a classifier to new a priori
    probabilities", equation 2.4, raised to ``strength``: 0 leaves them, 1 moves them all the way.

    Args:
        probabilities: shape ``(texts, classes)``.
        learned: the prior of the training texts, shape ``(classes,)``.
        target: the prior of the traffic, shape ``(classes,)``.
        strength: share of the way, from 0 to 1.
    """
    weighted = probabilities * (target / learned) ** strength
    return np.asarray(weighted / weighted.sum(axis=1, keepdims=True), dtype=np.float64)
