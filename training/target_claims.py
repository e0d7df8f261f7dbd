"""The claims that a target file makes: one classifier each, with its texts, metric and card."""

from pathlib import Path

from features.labels import LABELS
from training.claim import Claim
from training.corpus import Corpus
from training.errors import CorpusError, Problem
from training.metrics import F_AVG, MACRO_F1
from training.target import Target
from training.target_corpus import read_claims

METRICS = {metric.key: metric for metric in (MACRO_F1, F_AVG)}
LIMITS = """\
- Every text gets a stance, also one in another language or on another matter: nothing tells that it is off topic.
- Labels follow the texts' own rules; another reading of the claim gives other labels."""


def target_claims(target: Target, corpus: Path | None = None) -> dict[str, Claim]:
    """Read a target's texts, or those of another path, and return the claim of each classifier by its name.

    Raises:
        CorpusError: there are no texts, or lines break the schema.
    """
    files = {"target.json": target.model_dump_json(indent=2)}
    if target.codebook:
        files[target.codebook.name] = target.codebook.read_text("utf-8")
    return {
        name: Claim(
            text=target.claim_of(name),
            corpus=texts,
            metric=METRICS[target.metric],
            use=_use(target, name),
            limits=LIMITS,
            files=files,
        )
        for name, texts in read_claims(target, corpus).items()
    }


def check_enough(name: str, corpus: Corpus, folds: int) -> None:
    """Every stance is in both splits, and often enough for the folds.

    Raises:
        CorpusError: naming each stance that is too rare.
    """
    train, test = corpus.split("train"), corpus.split("test")
    problems = []
    for label in LABELS:
        groups = {group for group, held in zip(train.groups, train.labels, strict=True) if held == label}
        if len(groups) < folds or label not in test.labels:
            found = f"{len(groups)} groups to train on and {test.labels.count(label)} texts to test on"
            problems.append(Problem(name, 0, f"{label} has {found}; {folds} and one are needed"))
    if problems:
        raise CorpusError(problems)


def _use(target: Target, name: str) -> str:
    stances = [_stance(target, label) for label in LABELS]
    rules = f"`{target.codebook.name}`, logged with the training" if target.codebook else "not written down"
    return (
        f"Sorting and searching texts like those learned from by their stance toward “{target.claim_of(name)}”: "
        f"{', '.join(stances[:-1])} or {stances[-1]}. The label rules are {rules}."
    )


def _stance(target: Target, label: str) -> str:
    theirs = ", ".join(f"`{name}`" for name, ours in target.labels.items() if ours == label)
    return f"`{label}` ({theirs} in the texts' own words)" if theirs else f"`{label}`"
