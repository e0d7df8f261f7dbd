"""docs/operations.md tells of every setting, status and metric."""

from pathlib import Path

import pytest
from prometheus_client import Metric

from service.errors import ServiceError
from service.examples import EXAMPLES
from service.metrics import Metrics
from service.settings import Settings

DOCUMENT = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(name: str) -> None:
    assert f"`STANCE_{name.upper()}`" in DOCUMENT


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: error.error_type)
def test_every_status_is_documented(error: type[ServiceError]) -> None:
    assert f"| {error.status} | `{error.error_type}` |" in DOCUMENT


@pytest.mark.parametrize("metric", tuple(Metrics().registry.collect()), ids=lambda metric: metric.name)
def test_every_metric_is_documented(metric: Metric) -> None:
    suffix = "_total" if metric.type == "counter" else ""
    assert f"`{metric.name}{suffix}`" in DOCUMENT
