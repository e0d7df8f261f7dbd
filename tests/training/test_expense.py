"""The corpus that the cost of training is measured on."""

from pathlib import Path

import pytest

from tests.training.conftest import invented, write_rows
from training.candidates import Plan
from training.corpus import read_corpus
from training.expense import Expense, expense_page, grown, measure_expense


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rows(tmp_path_factory.mktemp("cost"), invented())


def test_repetitions_differ_in_some_words_and_are_batches_of_their_own(corpus: Path) -> None:
    whole = read_corpus(corpus)
    found = grown(whole, 300, seed=0)
    assert len(found) == len({record.id for record in found.records}) == 300
    assert sorted(found.texts[:144]) == sorted(whole.texts)
    changed = sum(before != after for before, after in zip(found.texts[:144], found.texts[144:288], strict=True))
    assert 100 < changed < 144
    assert not set(found.batches[:144]) & set(found.batches[144:])
    assert found.labels[:144] == found.labels[144:288]


def test_fewer_texts_than_there_are_come_from_everywhere(corpus: Path) -> None:
    assert len(set(grown(read_corpus(corpus), 40, seed=0).batches)) > 15


@pytest.mark.slow
def test_the_cost_of_a_fit_is_its_own_and_stands_in_a_table(corpus: Path, plan: Plan) -> None:
    (found,) = measure_expense([plan.candidate("words")], plan, corpus, [120], seed=0)
    assert (found.candidate, found.texts) == ("words", 120)
    assert found.cpu_seconds > 0
    assert 50 < found.mib < 5_000


def test_the_page_gives_the_cost_of_a_text() -> None:
    page = expense_page([Expense("words", 10_000, 12.0, 20.0, 400.0)])
    assert "| words | 10,000 | 12 | 20 | 2.00 | 400 |" in page
