"""What a search writes: data between two lines, and nothing else touched."""

from pathlib import Path

import numpy as np
import pytest
from optuna.trial import FixedTrial

from training.candidates import Candidate, block_params, build_base, read_plan
from training.errors import CandidateError
from training.search.space import FAMILIES, KNOWN, suggest
from training.search.trials import Best
from training.search.tuned import BEGIN, END, write_tuned
from training.search.vote import combine

LINEAR = suggest("linear", FixedTrial(KNOWN["linear"]))
TREES = suggest("trees", FixedTrial(KNOWN["trees"]))
PLAN = f"""\
default: one  # a comment that has to stay
candidates:
  - name: one
    family: linear
    blocks: [words]  # and this
    classifier: sklearn.svm.LinearSVC
{BEGIN}
  - {{name: tuned, family: old, blocks: [cues], classifier: sklearn.svm.LinearSVC}}
{END}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "candidates.yaml"
    found.write_text(PLAN, "utf-8")
    return found


def test_the_winner_takes_the_place_of_the_one_before_and_comments_stay(file: Path) -> None:
    tuned = LINEAR.model_copy(update={"name": "tuned"})
    write_tuned(file, [tuned], "found today\nin a hurry")
    text = file.read_text("utf-8")
    assert text.startswith(PLAN[: PLAN.index(BEGIN)])
    assert "# found today\n  # in a hurry\n" in text
    assert read_plan(file).candidate("tuned") == tuned
    assert "family: old" not in text


def test_what_was_written_can_be_built(file: Path) -> None:
    voted = Candidate(name="tuned", family="vote", members=(LINEAR.name, TREES.name), classifier="vote")
    write_tuned(file, [LINEAR, TREES, voted], "note")
    plan = read_plan(file)
    made = build_base(plan.candidate("tuned"), plan, seed=0)
    assert dict(made.estimators)["tuned-linear"].get_params()["features__tags__ngram_range"] == (1, 4)


def test_a_file_without_the_lines_is_left_as_it_was(file: Path) -> None:
    file.write_text(PLAN.replace(END, ""), "utf-8")
    with pytest.raises(CandidateError, match="needs the lines"):
        write_tuned(file, [LINEAR], "note")
    assert file.read_text("utf-8") == PLAN.replace(END, "")


def test_a_plan_that_would_break_is_not_written(file: Path) -> None:
    with pytest.raises(CandidateError, match="two candidates have the same name"):
        write_tuned(file, [LINEAR, LINEAR], "note")
    assert file.read_text("utf-8") == PLAN


def test_the_first_trial_of_each_family_is_what_the_project_has() -> None:
    plan = read_plan()
    for family, name in zip(FAMILIES, ("tags-logistic", "frames-lightgbm"), strict=True):
        known, found = plan.candidate(name), suggest(family, FixedTrial(KNOWN[family]))
        assert (found.blocks, found.classifier, found.params) == (known.blocks, known.classifier, known.params)
    assert block_params(LINEAR, "words") == {"ngram_range": (1, 2), "min_df": 2}


def best(family: str, candidate: Candidate, right: list[bool], sure: float) -> Best:
    """Two labels, one sureness: rows that are wrong give the next label the larger share."""
    truth = np.array([0, 1] * (len(right) // 2))
    given = np.full((len(right), 3), (1 - sure) / 2)
    given[np.arange(len(right)), np.where(right, truth, 1 - truth)] = sure
    return Best(family, candidate, float(np.mean(right)), given)


def test_two_that_err_apart_vote_and_one_that_knows_better_stands_alone() -> None:
    truth = np.array([0, 1] * 4)
    unsure_where_wrong = best("linear", LINEAR, [True] * 6 + [False] * 2, 0.4)
    unsure_where_wrong.held_out[:6] = best("linear", LINEAR, [True] * 8, 0.9).held_out[:6]
    other = best("trees", TREES, [False, *[True] * 7], 0.6)
    together = combine([unsure_where_wrong, other], truth)
    assert [candidate.name for candidate in together.candidates] == ["tuned-linear", "tuned-trees", "tuned"]
    assert [candidate.competes for candidate in together.candidates] == [False, False, True]
    assert together.macro_f1 == 1.0
    alone = combine([best("linear", LINEAR, [True] * 8, 0.9), other], truth)
    assert [(candidate.name, candidate.family) for candidate in alone.candidates] == [("tuned", "linear")]
