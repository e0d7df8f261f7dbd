"""What a reviewer is shown first."""

import pytest
from sklearn.pipeline import Pipeline

from features.answer import Answer
from tests.training.conftest import invented
from training.corpus import Corpus
from training.feedback import Item
from training.proposals import Neighbours, propose, uncertainty
from training.record import Record


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus(tuple(Record.model_validate(row) for row in invented()))


def answer(*shares: float) -> Answer:
    return Answer("deny", dict(zip(("support", "deny", "neutral"), shares, strict=True)), on_topic=True)


def test_uncertainty_goes_from_none_to_even() -> None:
    assert uncertainty(answer(0.0, 1.0, 0.0)) == 0
    assert uncertainty(answer(1 / 3, 1 / 3, 1 / 3)) == pytest.approx(1)
    assert uncertainty(answer(0.5, 0.5, 0.0)) > uncertainty(answer(0.8, 0.1, 0.1))


def test_the_nearest_text_is_the_same_text_where_it_is_known(corpus: Corpus) -> None:
    known, strange = Neighbours(corpus).nearest([corpus.texts[7].upper(), "Zyzzyvas bask."])
    assert known[0] == pytest.approx(1)
    assert known[1] is corpus.records[7]
    assert strange[0] == 0


def test_the_uncertain_and_strange_come_first_and_the_sure_and_known_last(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    sure, torn = answer(0.01, 0.98, 0.01), answer(0.3, 0.4, 0.3)
    monkeypatch.setattr(
        "training.proposals.score", lambda _, texts: [torn if "maybe" in text else sure for text in texts]
    )
    texts = [corpus.texts[0], f"{corpus.texts[0]} maybe", "Quokkas bask", "Quokkas maybe bask"]
    items = [Item(text, text, {"deny": 1}, (), "deny", "1", 2026) for text in texts]
    found = propose(items, Pipeline([]), corpus)
    assert [proposal.item.text for proposal in found] == [texts[3], texts[2], texts[1], texts[0]]
    assert propose([], Pipeline([]), corpus) == []
