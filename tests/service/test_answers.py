"""What a caller gets for a text."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from features.labels import LABELS
from service.schemas import BatchAnswer, StanceAnswer
from tests.service.conftest import Start

ARTICLE = "China denied arming Russia. \U0001f43c\U0001f43c Officials in Moscow said that talks went on."


def test_a_stance_comes_with_probabilities_and_the_model(client: TestClient) -> None:
    answer = client.post("/v1/stance", json={"text": ARTICLE}).json()
    assert answer.keys() == {"stance", "probabilities", "on_topic", "model"}
    assert tuple(answer["probabilities"]) == LABELS
    assert sum(answer["probabilities"].values()) == pytest.approx(1)
    assert answer["stance"] == max(LABELS, key=answer["probabilities"].__getitem__)
    assert answer["model"] == {"name": "stance", "version": "1"}


def test_evidence_offsets_point_into_the_text_as_sent(client: TestClient) -> None:
    answer = client.post("/v1/stance", json={"text": ARTICLE, "explain": True}).json()
    assert len(answer["sentences"]) >= 2
    assert sum(sentence["weight"] for sentence in answer["sentences"]) == pytest.approx(1)
    for sentence in answer["sentences"]:
        assert ARTICLE[sentence["start"] : sentence["end"]] == sentence["text"]
        for cue in sentence["cues"]:
            assert ARTICLE[cue["start"] : cue["end"]] == cue["text"]


def test_an_off_topic_text_is_neutral_and_says_why(client: TestClient) -> None:
    answer = client.post("/v1/stance", json={"text": "The cat sat on the mat."}).json()
    assert answer["stance"] == "neutral"
    assert not answer["on_topic"]
    assert answer["reason"]


def test_a_batch_is_answered_in_order_like_single_texts(client: TestClient) -> None:
    texts = [ARTICLE, "The cat sat on the mat.", "China arms Russia."]
    batch = client.post("/v1/stance/batch", json={"texts": texts}).json()
    singles = [client.post("/v1/stance", json={"text": text}).json() for text in texts]
    assert [result | {"model": batch["model"]} for result in batch["results"]] == singles


@pytest.mark.parametrize("explain", [False, True])
@pytest.mark.parametrize("text", [ARTICLE, "The cat sat on the mat."])
def test_an_answer_has_the_fields_of_the_schema_and_no_others(client: TestClient, text: str, *, explain: bool) -> None:
    single = client.post("/v1/stance", json={"text": text, "explain": explain}).json()
    batch = client.post("/v1/stance/batch", json={"texts": [text], "explain": explain}).json()
    assert StanceAnswer.model_validate(single, strict=True).model_dump(exclude_unset=True) == single
    assert BatchAnswer.model_validate(batch, strict=True).model_dump(exclude_unset=True) == batch


def test_model_info_names_model_quality_and_limits(client: TestClient) -> None:
    info = client.get("/v1/model").json()
    assert info["version"] == "1"
    assert info["labels"] == list(LABELS)
    assert info["metrics"] == {"macro_f1": 0.5}
    assert info["limits"]["max_batch_texts"] == 256
    assert info["last_refused"] is None


def test_model_info_holds_the_card_of_the_bundle_and_whether_feedback_is_kept(
    start: Start, pristine: Path, tmp_path: Path
) -> None:
    info = start(feedback_url="").get("/v1/model").json()
    assert info["card"] == (pristine / "card.md").read_text(encoding="utf-8")
    assert info["feedback"] is False
    assert start(feedback_url=f"sqlite:///{tmp_path}/feedback.db").get("/v1/model").json()["feedback"] is True
