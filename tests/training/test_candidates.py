"""Candidates as data: what the file may say, and what is made of it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from training.candidates import Plan, build_base, build_model, read_plan
from training.errors import CandidateError

ONE = {"name": "one", "family": "linear", "blocks": ["words"], "classifier": "sklearn.svm.LinearSVC"}


def plan_of(directory: Path, *candidates: dict[str, Any]) -> Plan:
    file = directory / "candidates.yaml"
    file.write_text(yaml.safe_dump({"default": candidates[0]["name"], "candidates": list(candidates)}), "utf-8")
    return read_plan(file)


def test_every_candidate_of_the_project_can_be_built() -> None:
    plan = read_plan()
    families = {candidate.family for candidate in plan.candidates}
    assert {"baseline", "linear", "trees", "stack"} <= families
    for candidate in plan.candidates:
        build_model(candidate, plan, seed=0)


def test_nested_classifiers_and_seeds_are_set(tmp_path: Path) -> None:
    svm = {"class": "sklearn.svm.LinearSVC", "params": {"C": 0.25}}
    calibrated = ONE | {"classifier": "sklearn.calibration.CalibratedClassifierCV", "params": {"estimator": svm}}
    plan = plan_of(tmp_path, calibrated)
    made = build_base(plan.candidate("one"), plan, seed=7).get_params()["classifier"].estimator
    assert (made.C, made.random_state) == (0.25, 7)


def test_a_block_takes_the_parameters_given_and_no_others(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, ONE | {"block_params": {"words": {"ngram_range": [1, 3]}}})
    found = build_base(plan.candidate("one"), plan, seed=0).get_params()
    assert (found["features__words__ngram_range"], found["features__words__min_df"]) == ((1, 3), 2)
    wrong = plan_of(tmp_path, ONE | {"block_params": {"words": {"smallest": 3}}})
    with pytest.raises(CandidateError, match="one: no parameter features__words__smallest"):
        build_base(wrong.candidate("one"), wrong, seed=0)


def test_a_stack_reads_the_blocks_of_its_members(tmp_path: Path) -> None:
    other = ONE | {"name": "other", "blocks": ["cues", "words"]}
    stack = {"name": "both", "family": "stack", "members": ["one", "other"], "classifier": "sklearn.svm.LinearSVC"}
    plan = plan_of(tmp_path, ONE, other, stack)
    assert plan.blocks(plan.candidate("both")) == ("words", "cues")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"blocks": ["wrods"]}, "no block wrods; there are words"),
        ({"blocks": []}, "either blocks or members are needed"),
        ({"blocks": [], "members": ["two"]}, "no candidate 'two'"),
        ({"blocks": [], "members": ["one"]}, "member one has members itself"),
        ({"clasifier": "x"}, "clasifier"),
        ({"block_params": {"tags": {"min_df": 2}}}, "parameters for tags, which it does not read"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    with pytest.raises(CandidateError, match=reason):
        plan_of(tmp_path, ONE | change)


@pytest.mark.parametrize(
    ("classifier", "params", "reason"),
    [
        ("os.system", {}, "classifiers come from sklearn., lightgbm., features. only"),
        ("sklearn.svm.LinerSVC", {}, "LinerSVC"),
        ("sklearn.svm.LinearSVC", {"c": 1}, "unexpected keyword"),
    ],
)
def test_a_classifier_that_cannot_be_made_is_named(
    tmp_path: Path, classifier: str, params: dict[str, Any], reason: str
) -> None:
    plan = plan_of(tmp_path, ONE | {"classifier": classifier, "params": params})
    with pytest.raises(CandidateError, match=reason):
        build_base(plan.candidate("one"), plan, seed=0)


def test_candidates_are_chosen_by_name_and_all_by_default() -> None:
    plan = read_plan()
    assert [candidate.name for candidate in plan.chosen(["majority"])] == ["majority"]
    assert plan.chosen([]) == plan.candidates
    with pytest.raises(CandidateError, match="no candidate 'nobody'; there are majority"):
        plan.chosen(["nobody"])


def test_the_default_competes_and_a_mere_member_does_not() -> None:
    plan = read_plan()
    assert plan.candidate(plan.default).competes
    assert not plan.candidate("tags-logistic").competes
