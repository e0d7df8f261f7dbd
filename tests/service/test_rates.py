"""A key that sends too much is held to its rate; others are not, whichever worker they meet."""

from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from service.errors import RateLimitedError
from service.rates import Rates
from service.settings import Settings
from tests.service.conftest import Start

ONE, OTHER = b"1" * 32, b"2" * 32
BODY = {"text": "China arms Russia"}


class Clock:
    """Time that stands still until it is moved."""

    now = 1000.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


def taken(rates: Rates, holder: bytes, most: int = 100) -> int:
    """How many single texts a key may send now."""
    for count in range(most):
        try:
            rates.check(holder)
        except RateLimitedError:
            return count
        rates.charge(holder, 1)
    return most


def test_a_burst_then_the_rate() -> None:
    clock = Clock()
    rates = Rates(2, 5, None, clock)
    assert taken(rates, ONE) == 5
    clock.now += 1.01
    assert taken(rates, ONE) == 2
    clock.now += 3600
    assert taken(rates, ONE) == 5


def test_each_key_has_a_bucket_of_its_own() -> None:
    rates = Rates(1, 3, None, Clock())
    assert taken(rates, ONE) == taken(rates, OTHER) == 3
    assert taken(rates, ONE) == 0


def test_a_large_batch_passes_and_is_waited_out() -> None:
    clock = Clock()
    rates = Rates(10, 5, None, clock)
    rates.check(ONE)
    rates.charge(ONE, 35)
    with pytest.raises(RateLimitedError) as refused:
        rates.check(ONE)
    assert refused.value.headers == {"Retry-After": "4"}
    clock.now += 3.11
    rates.check(ONE)


def test_workers_share_the_buckets(tmp_path: Path) -> None:
    clock = Clock()
    workers = [Rates(1, 6, tmp_path / "rates", clock) for _ in range(2)]
    assert taken(workers[0], ONE, most=4) == 4
    assert taken(workers[1], ONE) == 2


def test_the_surplus_is_answered_with_an_error_of_its_own(start: Start) -> None:
    client = start(api_keys="a, b", rate_per_second=0.001, rate_burst=3)
    first, second = {"Authorization": "Bearer a"}, {"Authorization": "Bearer b"}
    answers = [client.post("/v1/stance", json=BODY, headers=first) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 3 + [429] * 2
    assert answers[-1].json()["error_type"] == "rate_limited"
    assert int(answers[-1].headers["retry-after"]) > 900
    assert client.post("/v1/stance/batch", json={"texts": ["China"] * 9}, headers=second).status_code == 200
    assert client.post("/v1/stance", json=BODY, headers=second).status_code == 429
    assert client.get("/v1/model", headers=first).status_code == 200
    assert "stance_rate_limited_requests_total 3.0" in client.get("/metrics").text


def test_a_rate_for_each_key_needs_keys() -> None:
    with pytest.raises(ValidationError, match="needs api_keys"):
        Settings(rate_per_second=1)
    assert Settings(rate_per_second=1, api_keys=[SecretStr("k")]).rate_burst == 256
