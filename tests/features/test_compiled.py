"""The compiled base: the pipeline's probabilities for any text, and a clear word on what it left alone."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lightgbm import LGBMClassifier
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import StackingClassifier, VotingClassifier
from sklearn.linear_model import LogisticRegression

from features.compiled import compile_base
from features.document import Document, analyse
from features.model import block_pipeline
from features.passages import passages

CORPUS = Path(__file__).parents[2] / "seeds/corpus"
WITHIN = 1e-9
SMALL = 400


@cache
def corpus() -> tuple[list[str], list[str]]:
    files = [file.read_text("utf-8") for file in sorted(CORPUS.glob("*.jsonl"))]
    rows = [json.loads(line) for file in files for line in file.strip().split("\n")]
    rows = rows[:: max(1, len(rows) // SMALL)]
    return [row["text"] for row in rows], [row["label"] for row in rows]


def linear() -> Any:
    return block_pipeline(["words", "tags"], LogisticRegression(C=8, class_weight="balanced", max_iter=1000))


def trees() -> Any:
    return block_pipeline(["frames", "cues"], LGBMClassifier(n_jobs=1, n_estimators=8, verbosity=-1))


BASES: dict[str, Callable[[], Any]] = {
    "linear": linear,
    "trees": trees,
    "letters": lambda: block_pipeline(["chars", "cues", "words"], LogisticRegression(max_iter=1000)),
    "wide trees": lambda: block_pipeline(["words", "frames"], LGBMClassifier(n_jobs=1, n_estimators=4, verbosity=-1)),
    "vote": lambda: VotingClassifier([("linear", linear()), ("trees", trees())], voting="soft"),
    "weighted vote": lambda: VotingClassifier(
        [("linear", linear()), ("trees", trees())], voting="soft", weights=[1, 3]
    ),
    "stack": lambda: StackingClassifier(
        [("linear", linear()), ("trees", trees())], LogisticRegression(), cv=2, stack_method="predict_proba"
    ),
}


@cache
def fitted(name: str) -> Any:
    texts, labels = corpus()
    return BASES[name]().fit([analyse(text) for text in texts], labels)


def apart(base: Any, documents: list[Document]) -> float:
    compiled = compile_base(base)
    assert compiled.uncompiled == ()
    assert list(compiled.classes_) == list(base.classes_)
    return float(np.abs(compiled.predict_proba(documents) - base.predict_proba(documents)).max())


def with_passages(document: Document) -> list[Document]:
    """What the model asks for in one call: a text and passages of it, which share its sentences."""
    return [document, *passages(document)]


def excerpts(documents: list[Document]) -> list[Document]:
    """Passages as the model asks for them: the last sentences of a text, as a document of their own."""
    return [Document(document.text, document.normal, document.sentences[1:]) for document in documents]


CHUNKS = [word for text in corpus()[0][:60] for word in text.split()]
MARKS = ["n't", ".", "\n", "“", "U.S.", "’s", "", "!?", "…"]
SOUP = st.lists(st.sampled_from([*CHUNKS, *MARKS]), max_size=60).map(" ".join)
ANY = st.text(max_size=150) | SOUP


@pytest.mark.parametrize("name", BASES)
def test_probabilities_are_the_pipelines_on_the_corpus_and_on_passages(name: str) -> None:
    documents = [analyse(text) for text in corpus()[0]]
    whole = analyse(" ".join(corpus()[0]))
    assert apart(fitted(name), [*documents, *excerpts(documents), whole]) <= WITHIN


@pytest.mark.parametrize("name", BASES)
@settings(max_examples=40, deadline=None)
@given(texts=st.lists(ANY, min_size=1, max_size=6))
def test_probabilities_are_the_pipelines_on_any_text(name: str, texts: list[str]) -> None:
    documents = [analyse(text) for text in texts]
    assert apart(fitted(name), [one for document in documents for one in with_passages(document)]) <= WITHIN


def test_a_texts_probabilities_do_not_depend_on_its_neighbours() -> None:
    compiled = compile_base(fitted("vote"))
    documents = [analyse(text) for text in corpus()[0][:50]]
    alone = np.vstack([compiled.predict_proba([document]) for document in documents])
    assert np.abs(compiled.predict_proba(documents) - alone).max() <= WITHIN


def test_no_texts_give_no_rows() -> None:
    assert compile_base(fitted("vote")).predict_proba([]).shape == (0, 3)


def test_an_unknown_member_stays_on_the_pipelines_path_and_is_named() -> None:
    texts, labels = corpus()
    documents = [analyse(text) for text in texts]
    odd = block_pipeline(["cues"], DummyClassifier(strategy="prior"))
    base = VotingClassifier([("linear", linear()), ("odd", odd)], voting="soft").fit(documents, labels)
    compiled = compile_base(base)
    assert compiled.uncompiled == ("odd: no compiled form of DummyClassifier",)
    assert np.abs(compiled.predict_proba(documents) - base.predict_proba(documents)).max() <= WITHIN


def test_term_weights_of_another_kind_are_left_alone() -> None:
    texts, labels = corpus()
    documents = [analyse(text) for text in texts]
    base = linear().set_params(features__words__norm="l1").fit(documents, labels)
    compiled = compile_base(base)
    assert len(compiled.uncompiled) == 1
    assert np.abs(compiled.predict_proba(documents) - base.predict_proba(documents)).max() <= WITHIN
