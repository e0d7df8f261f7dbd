"""A candidate's own learning curve: honest shares, and never the end of a training."""

from pathlib import Path

import numpy as np
import pytest
from sklearn.calibration import CalibratedClassifierCV
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from features.model import block_pipeline, make_model
from tests.training.conftest import invented, write_rows
from training.corpus import Corpus, read_corpus
from training.growth import grow, values
from training.metrics import MACRO_F1


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return read_corpus(write_rows(tmp_path, invented()))


def test_a_share_is_what_a_base_fitted_on_those_texts_answers(corpus: Corpus) -> None:
    train, test = corpus.split("train"), corpus.split("test")
    model = make_model(block_pipeline(["cues"], LogisticRegression()), calibration_folds=2)
    model.fit(train.texts, train.labels, stance__groups=train.batches)
    growth = grow(model, train, test, seed=3)
    half = round(0.5 * len(train))
    assert list(growth) == [round(0.25 * len(train)), half, len(train)]
    rows = sorted(np.random.default_rng(3).permutation(len(train))[:half])
    again = block_pipeline(["cues"], LogisticRegression())
    again.fit([train.documents[row] for row in rows], [train.labels[row] for row in rows])
    right = again.predict(test.documents) == np.array(test.labels)
    assert growth[half].right.tolist() == right.tolist()
    assert values(growth, MACRO_F1).keys() == growth.keys()


def test_a_share_too_small_to_fit_is_left_out(corpus: Corpus) -> None:
    train, test = corpus.split("train"), corpus.split("test")
    rare = [record for record in train.records if record.label == "deny"][:3]
    few = Corpus((*(record for record in train.records if record.label != "deny"), *rare))
    machine = CalibratedClassifierCV(LinearSVC(), cv=3)  # wants three texts of each label
    model = make_model(block_pipeline(["cues"], machine), calibration_folds=2)
    model[-1].base_ = block_pipeline(["cues"], machine).fit(few.documents, few.labels)
    assert list(grow(model, few, test, seed=0)) == [len(few)]
