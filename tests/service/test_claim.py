"""For which claim the service answers."""

from pathlib import Path

from tests.service.conftest import Start
from tests.tiny import write_manifest


def test_model_info_says_which_claim_texts_take_a_stance_on(start: Start, bundle: Path) -> None:
    write_manifest(bundle, "1", name="trams", claim="the town should build a tram")
    info = start(bundle=bundle).get("/v1/model").json()
    assert (info["name"], info["claim"]) == ("trams", "the town should build a tram")


def test_a_bundle_of_before_claims_were_noted_is_served(start: Start) -> None:
    assert start().get("/v1/model").json()["claim"] is None
