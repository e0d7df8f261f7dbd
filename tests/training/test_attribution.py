"""What members go by, and what was read in a text."""

import numpy as np
import pytest
from lightgbm import LGBMClassifier
from sklearn.base import ClassifierMixin
from sklearn.ensemble import VotingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from features.document import analyse
from features.model import block_pipeline, make_model
from tests.training.conftest import invented
from training.attribution import Strengths, strengths
from training.attribution_plots import strengths_figure
from training.explanation import cues_of, frames_of

ROWS = invented()
DOCUMENTS = [analyse(row["text"]) for row in ROWS]
TEXT = "China denied sending weapons to Russia."


def fitted(base: ClassifierMixin) -> Pipeline:
    model = make_model(base, calibration_folds=2)
    return model.fit([row["text"] for row in ROWS], [row["label"] for row in ROWS])


@pytest.fixture(scope="module")
def vote() -> dict[str, Strengths]:
    words = block_pipeline(["words"], LogisticRegression())
    trees = block_pipeline(["cues"], LGBMClassifier(n_jobs=1, n_estimators=10, verbosity=-1, random_state=0))
    model = fitted(VotingClassifier([("words", words), ("trees", trees)], voting="soft"))
    return strengths(model, DOCUMENTS)


def test_members_of_a_vote_are_told_apart_and_labels_keep_their_names(vote: dict[str, Strengths]) -> None:
    assert {name: found.kind for name, found in vote.items()} == {"words": "coefficient", "trees": "SHAP"}
    assert all(list(found.classes) == ["deny", "neutral", "support"] for found in vote.values())


def test_words_that_only_one_label_uses_are_its_strongest(vote: dict[str, Strengths]) -> None:
    strongest = [name for name, _ in vote["words"].strongest("deny", 8)]
    assert {"words__denies", "words__proof"} & set(strongest)
    weights = [weight for _, weight in vote["words"].strongest("deny", 8)]
    assert weights == sorted(weights, reverse=True)


def test_shap_says_that_a_transfer_speaks_for_support_and_against_neutral(vote: dict[str, Strengths]) -> None:
    assert dict(vote["trees"].strongest("support", 200))["cues__count:transfer"] > 0
    assert dict(vote["trees"].strongest("neutral", 200))["cues__count:transfer"] < 0


def test_rows_and_bars_show_every_label(vote: dict[str, Strengths]) -> None:
    rows = vote["words"].rows("words", 3)
    assert [(row["label"], row["rank"]) for row in rows[:4]] == [
        ("deny", 1), ("deny", 2), ("deny", 3), ("neutral", 1),
    ]  # fmt: skip
    assert [axes.get_title() for axes in strengths_figure("words", vote["words"]).axes] == [
        "support", "deny", "neutral",
    ]  # fmt: skip


def test_a_member_of_no_known_kind_is_left_out() -> None:
    lone = fitted(block_pipeline(["cues"], LogisticRegression()))
    found = strengths(lone, [])
    assert found["model"].weights.shape == (3, len(found["model"].names))
    assert not np.isnan(found["model"].weights).any()
    trees = fitted(block_pipeline(["cues"], LGBMClassifier(n_jobs=1, n_estimators=2, verbosity=-1)))
    assert strengths(trees, []) == {}


def test_a_text_is_explained_by_its_frames_and_cues() -> None:
    document = analyse(TEXT)
    assert frames_of(document) == "china -transfer of arms-> russia (denial)"
    assert "denied [denial]" in cues_of(document)


def test_a_text_without_either_is_explained_by_nothing() -> None:
    document = analyse("Rain fell.")
    assert (frames_of(document), cues_of(document)) == ("", "")
