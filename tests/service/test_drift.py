"""What the metrics tell of traffic that is unlike the training texts."""

from pathlib import Path

import pytest
from sklearn.pipeline import Pipeline

from features.profile import known_words
from service.drift import EVERY
from tests.service.conftest import Start
from tests.tiny import write_manifest


def test_the_words_of_the_model_are_found(tiny_model: Pipeline) -> None:
    words = known_words(tiny_model)
    assert {"china", "officials", "sanctions"} <= words
    assert not any(" " in word for word in words)
    assert known_words(object()) == frozenset()


def test_known_and_unknown_words_of_a_sample_are_counted(start: Start) -> None:
    client = start()
    for _ in range(EVERY + 1):
        client.post("/v1/stance", json={"text": "China, 12 zyzzyvas: quokka officials."})
    metrics = client.get("/metrics").text
    assert 'stance_words_total{known="yes"} 4.0' in metrics
    assert 'stance_words_total{known="no"} 4.0' in metrics


def test_the_shares_of_training_stand_beside_the_stances(start: Start, bundle: Path) -> None:
    shares = {"support": 0.25, "deny": 0.25, "neutral": 0.5}
    write_manifest(bundle, "1", label_shares=shares)
    metrics = start(bundle=bundle).get("/metrics").text
    for stance, share in shares.items():
        assert f'stance_training_share{{stance="{stance}"}} {share}' in metrics


@pytest.mark.parametrize("shares", [{"deny": 1.5}, {"deny": "much"}])
def test_shares_that_are_none_are_refused(bundle: Path, start: Start, shares: dict[str, object]) -> None:
    write_manifest(bundle, "1", label_shares=shares)
    assert start(bundle=bundle).get("/readyz").status_code == 503
