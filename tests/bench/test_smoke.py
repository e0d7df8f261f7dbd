"""The bench end to end, on the one server that needs no model."""

from pathlib import Path

import pytest

from tests.bench.contenders import echo_contender
from tests.bench.rounds import Plan, compare
from tests.bench.texts import MIX, by_kind, mixed

CORPUS = Path(__file__).parents[2] / "seeds/corpus"


@pytest.mark.slow
def test_the_echo_is_started_asked_measured_and_ended(tmp_path: Path) -> None:
    said: list[str] = []
    plan = Plan(rounds=2, seconds=0.3, server_core=None, client_core=None, connections=(1, 4))
    measured = compare([echo_contender()], mixed(by_kind(CORPUS), MIX), plan, tmp_path, said.append)
    assert set(measured.figures) == {("echo", 1), ("echo", 4)}
    assert all(found.rps > 0 and found.errors == 0 for found in measured.figures.values())
    assert measured.start_seconds["echo"] > 0
    assert said[0] == "starting echo, no model"


def test_the_mix_holds_each_kind_as_often_as_it_says_and_articles_of_full_length() -> None:
    kinds = by_kind(CORPUS)
    texts = mixed(kinds, MIX)
    counts = {kind: sum(text in known for text in texts) for kind, known in kinds.items()}
    assert [counts[kind] for kind in MIX] == [len(texts) * share // sum(MIX.values()) for share in MIX.values()]
    assert {len(article.split()) for article in kinds["article"]} == {800}
