"""From single requests to figures, and from figures to ratios."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

AT = 16  # connections at which contenders are compared


@dataclass(frozen=True, slots=True)
class Load:
    """What clients saw in one stretch: seconds of each good answer, all other outcomes, and how long it took."""

    latencies: tuple[float, ...]
    errors: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Requests a second, latencies in milliseconds, and errors."""

    rps: float
    mean_ms: float
    p50_ms: float
    p99_ms: float
    errors: int


def percentile(values: Sequence[float], share: float) -> float:
    """Return the least value that at least ``share`` of the values do not exceed (nearest rank).

    Raises:
        ValueError: there are no values, or ``share`` is not above 0 and at most 1.
    """
    if not values or not 0 < share <= 1:
        raise ValueError(f"no {share:g} percentile of {len(values)} values")
    return sorted(values)[math.ceil(share * len(values)) - 1]


def summarise(loads: Sequence[Load]) -> Figures:
    """Return the figures of several stretches taken together.

    Raises:
        ValueError: not one request was answered well.
    """
    latencies = [seconds for load in loads for seconds in load.latencies]
    return Figures(
        rps=len(latencies) / sum(load.seconds for load in loads),
        mean_ms=1000 * sum(latencies) / max(1, len(latencies)),
        p50_ms=1000 * percentile(latencies, 0.5),
        p99_ms=1000 * percentile(latencies, 0.99),
        errors=sum(load.errors for load in loads),
    )


def ratios(figures: Mapping[tuple[str, int], Figures], bare_ms: float, bare_per_second: float) -> dict[str, float]:
    """Return what the bench promises as its last line.

    Args:
        figures: by contender (``service``, ``mlflow``, ``echo``) and connections.
        bare_ms: mean cost of one text, scored alone without HTTP.
        bare_per_second: texts a second in batches without HTTP, on one core.
    """
    service, mlflow, echo = (figures[name, AT] for name in ("service", "mlflow", "echo"))
    lone = figures["service", 1].mean_ms
    found = {
        "rps_ratio_to_mlflow_serve": service.rps / mlflow.rps,
        "rps_ratio_to_echo": service.rps / echo.rps,
        "p99_ratio_to_mlflow_serve": service.p99_ms / mlflow.p99_ms,
        "lone_ms": lone,
        "lone_ratio_to_bare_plus_echo": lone / (bare_ms + figures["echo", 1].mean_ms),
        "texts_per_s_bare": bare_per_second,
    }
    return {name: float(f"{value:.4g}") for name, value in found.items()}


def growth(costs: Mapping[int, float], least: int) -> float:
    """Return the exponent with which cost grows with length (1: linear), by least squares on logarithms.

    Args:
        costs: seconds by words; lengths below ``least`` are left out, as fixed costs prevail there.
        least: words from which on growth is looked at.
    """
    points = [(math.log(words), math.log(cost)) for words, cost in costs.items() if words >= least]
    mean_x, mean_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    slope: float = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    return slope
