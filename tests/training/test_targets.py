"""Another target without code: target files, their texts, and a training on invented ones."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from features.answer import score
from tests.training.test_cli import run
from training.benchmark import cross_validate, f_avg_of
from training.candidates import build_model
from training.errors import CorpusError, TargetError
from training.model_file import dump_model, load_model
from training.target import Target, read_target
from training.target_claims import check_enough, target_claims
from training.target_corpus import read_claims

TRAMS = Path(__file__).parent / "target" / "trams.yaml"
SEMEVAL = Path("training/targets/semeval2016.yaml")


def target_of(directory: Path, rows: list[dict[str, Any]], **changes: Any) -> Target:
    texts, file = directory / "texts.jsonl", directory / "target.yaml"
    texts.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    file.write_text(yaml.safe_dump({"name": "one", "claim": "one", "corpus": "texts.jsonl"} | changes), "utf-8")
    return read_target(file)


def test_labels_are_mapped_and_the_split_is_the_same_each_time() -> None:
    first, again = (read_claims(read_target(TRAMS))["trams"] for _ in range(2))
    assert set(first.labels) == {"support", "deny", "neutral"}
    assert first.digest == again.digest
    assert 0 < len(first.split("test")) < len(first) / 2


def test_each_value_of_a_field_has_its_own_texts(tmp_path: Path) -> None:
    rows = [{"text": f"{place} {label}", "label": label, "place": place} for place in "ab" for label in ("deny", "no")]
    found = read_claims(target_of(tmp_path, rows, each="place", labels={"no": "neutral"}))
    assert [(name, corpus.labels) for name, corpus in found.items()] == [
        ("one-a", ["deny", "neutral"]),
        ("one-b", ["deny", "neutral"]),
    ]


def test_copies_of_a_text_are_on_one_side_and_a_stated_split_is_kept(tmp_path: Path) -> None:
    rows = [{"text": "The  same", "label": "deny"}, {"text": "the same", "label": "deny"}]
    rows += [{"text": f"t{i}", "label": "deny", "split": "train"} for i in range(20)]
    records = read_claims(target_of(tmp_path, rows))["one"].records
    assert records[0].group == records[1].group
    assert {record.split for record in records[2:]} == {"train"}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"metric": "f2"}, "metric"),
        ({"labels": {"yes": "agree"}}, "unknown label 'agree'"),
        ({"prior": {"support": 1.0}}, "the prior needs a share for each of support, deny, neutral"),
        ({"codebook": "nowhere.md"}, "codebook nowhere.md is not there"),
        ({"lexikon": "x"}, "lexikon"),
        ({"name": "stance"}, "'stance' is taken"),
    ],
)
def test_a_broken_target_file_is_refused(tmp_path: Path, changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(TargetError, match=reason):
        target_of(tmp_path, [], **changes)


def test_candidates_that_read_a_lexicon_need_one(tmp_path: Path) -> None:
    target = target_of(tmp_path, [], candidates=str((TRAMS.parent / "candidates.yaml").absolute()))
    with pytest.raises(TargetError, match="words-and-tags reads the block lexicon, but one names no folder"):
        target.plan()


def test_broken_texts_are_named_by_line(tmp_path: Path) -> None:
    rows = [{"text": "a", "label": "deny"}, {"text": "b", "label": "maybe"}, {"text": "c"}]
    with pytest.raises(CorpusError, match=r"texts.jsonl:2: .*unknown label 'maybe'(.|\n)*texts.jsonl:3: needs text"):
        read_claims(target_of(tmp_path, rows))


def test_every_stance_needs_enough_texts_in_both_splits(tmp_path: Path) -> None:
    rows = [{"text": f"{label} {i}", "label": label} for i in range(40) for label in ("deny", "support")]
    (claim,) = target_claims(target_of(tmp_path, rows)).values()
    with pytest.raises(CorpusError, match="neutral has 0 groups to train on and 0 texts to test on"):
        check_enough("one", claim.corpus, folds=3)


def test_a_value_that_cannot_be_part_of_a_name_is_named_by_line(tmp_path: Path) -> None:
    rows = [{"text": "a", "label": "deny", "place": place} for place in ("New York", "a/b", None)]
    with pytest.raises(
        CorpusError, match=r"texts.jsonl:2: place 'a/b' cannot(.|\n)*texts.jsonl:3: needs text"
    ) as caught:
        read_claims(target_of(tmp_path, rows, each="place"))
    assert len(caught.value.problems) == 2


def test_a_model_for_a_target_survives_its_file_without_the_lexicon(tmp_path: Path) -> None:
    target = read_target(TRAMS)
    plan, corpus = target.plan(), read_claims(target)["trams"]
    model = build_model(plan.candidate("words-and-tags"), plan, seed=0).fit(corpus.texts, corpus.labels)
    (tmp_path / "model.skops").write_bytes(dump_model(model))
    loaded = load_model(tmp_path / "model.skops")
    loaded[-1].base_["features"].set_params(lexicon__folder="")
    assert score(loaded, corpus.texts[:3]) == score(model, corpus.texts[:3])


@pytest.mark.slow
def test_a_benchmark_ends_in_its_pooled_figures() -> None:
    texts = TRAMS.with_suffix(".jsonl")
    for asked in ((), ("--train", texts, "--test", texts)):
        figures = json.loads(run("benchmark", "--target", TRAMS, "--jobs", 1, *asked).splitlines()[-1])
        assert set(figures) == {"f_avg", "macro_f1"}
        assert figures["f_avg"] > 0.9


def test_a_test_text_of_an_unknown_target_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"text": f"{name} {i}", "label": name, "place": "a"} for i in range(9) for name in ("deny", "support")]
    target_of(tmp_path, rows, each="place")
    (tmp_path / "other.jsonl").write_text('{"text": "b", "label": "deny", "place": "b"}\n', "utf-8")
    with pytest.raises(CorpusError, match="no training text for one-b"):
        run("benchmark", "--target", tmp_path / "target.yaml", "--test", tmp_path / "other.jsonl", "--jobs", 1)
    assert not capsys.readouterr().out


@pytest.mark.slow
def test_the_benchmark_beats_the_majority_on_one_target() -> None:
    target = read_target(SEMEVAL)
    if not target.corpus.is_file():
        pytest.skip(f"{target.corpus} is not here: the tweets of SemEval-2016 task 6 are not part of the project")
    plan, claims = target.plan(), read_claims(target)
    one = {"abortion": claims["semeval2016-abortion"]}
    reached = {
        name: f_avg_of(cross_validate(plan, plan.candidate(name), one, seed=0, jobs=1).pooled)
        for name in ("majority", "tweets-logistic")
    }
    assert reached["tweets-logistic"].low > reached["majority"].high + 0.1
