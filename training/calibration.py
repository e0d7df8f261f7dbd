"""How far confidence and accuracy are apart."""

from dataclasses import dataclass

import numpy as np

from training.scored import FloatArray, Scored

BINS = 15


@dataclass(frozen=True, slots=True)
class Reliability:
    """Confidence and accuracy by bin; each array has shape (bins,), NaN where a bin is empty."""

    confidence: FloatArray
    accuracy: FloatArray
    share: FloatArray


def reliability(scored: Scored, bins: int = BINS) -> Reliability:
    """Sort texts into bins of equal width by the probability of their stance.

    Bin m holds the confidences in ((m-1)/M, m/M], as Guo et al. (2017), "On Calibration of Modern Neural
    Networks", section 2.
    """
    confidence = scored.probabilities[np.arange(len(scored)), scored.stances]
    places = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    counts = np.bincount(places, minlength=bins).astype(float)
    with np.errstate(invalid="ignore"):
        return Reliability(
            confidence=np.bincount(places, weights=confidence, minlength=bins) / counts,
            accuracy=np.bincount(places, weights=scored.right.astype(float), minlength=bins) / counts,
            share=counts / max(len(scored), 1),
        )


def expected_calibration_error(scored: Scored, bins: int = BINS) -> float:
    """Mean distance of confidence and accuracy over the bins of ``reliability``, weighted by their share."""
    found = reliability(scored, bins)
    return float(np.nansum(np.abs(found.accuracy - found.confidence) * found.share))
