"""Figures: percentiles, ratios and growth are what their names say."""

import pytest

from tests.bench.figures import AT, Figures, Load, growth, percentile, ratios, summarise
from tests.bench.load import request


def figures(rps: float, p99_ms: float, mean_ms: float = 1.0) -> Figures:
    return Figures(rps, mean_ms, p50_ms=mean_ms, p99_ms=p99_ms, errors=0)


def test_a_percentile_is_the_least_value_that_enough_values_do_not_exceed() -> None:
    values = [float(value) for value in range(100, 0, -1)]
    assert percentile(values, 0.5) == 50
    assert percentile(values, 0.99) == 99
    assert percentile(values, 1.0) == 100
    assert percentile([7.0], 0.01) == 7


@pytest.mark.parametrize(("values", "share"), [([], 0.5), ([1.0], 0.0), ([1.0], 1.5)])
def test_a_percentile_that_there_is_not_is_refused(values: list[float], share: float) -> None:
    with pytest.raises(ValueError, match="percentile"):
        percentile(values, share)


def test_stretches_are_summed_up_over_their_whole_time_with_their_errors() -> None:
    found = summarise([Load((0.001, 0.003), 1, 2.0), Load((0.002, 0.002), 0, 2.0)])
    assert (found.rps, found.mean_ms, found.p50_ms, found.p99_ms, found.errors) == (1.0, 2.0, 2.0, 3.0, 1)


def test_a_server_that_answers_nothing_well_has_no_figures() -> None:
    with pytest.raises(ValueError, match="percentile"):
        summarise([Load((), 40, 2.0)])


def test_ratios_compare_at_sixteen_connections_and_the_lone_request_with_its_parts() -> None:
    measured = {
        ("service", AT): figures(3000, 8),
        ("mlflow", AT): figures(150, 160),
        ("echo", AT): figures(4000, 2),
        ("service", 1): figures(900, 2, mean_ms=1.2),
        ("echo", 1): figures(2000, 1, mean_ms=0.5),
    }
    assert ratios(measured, bare_ms=0.5, bare_per_second=7000) == {
        "rps_ratio_to_mlflow_serve": 20,
        "rps_ratio_to_echo": 0.75,
        "p99_ratio_to_mlflow_serve": 0.05,
        "lone_ms": 1.2,
        "lone_ratio_to_bare_plus_echo": 1.2,
        "texts_per_s_bare": 7000,
    }


@pytest.mark.parametrize("power", [1.0, 2.0])
def test_growth_is_the_power_of_length_and_leaves_short_texts_out(power: float) -> None:
    costs = {words: 1e-6 * words**power for words in (300, 1_000, 3_000)} | {10: 1.0}
    assert growth(costs, least=300) == pytest.approx(power)


def test_a_request_says_how_long_its_body_is() -> None:
    head, _, body = request("/v1/stance", b'{"text": "x"}').partition(b"\r\n\r\n")
    assert head.startswith(b"POST /v1/stance HTTP/1.1\r\n")
    assert f"Content-Length: {len(body)}".encode() in head
