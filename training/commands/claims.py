"""Which claim a command is about: the project's own, or one of a target file's."""

# Imports stand within the functions, as in ``training.cli``.
# ruff: noqa: PLC0415

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from training.errors import TargetError
from training.settings import Settings

if TYPE_CHECKING:
    from training.candidates import Plan
    from training.claim import Claim
    from training.target import Target

TargetFile = Annotated[Path | None, typer.Option("--target", help="Another claim: a file as in training/targets.")]
Each = Annotated[
    str | None, typer.Option("--each", help="Of a target with several classifiers, the one of this value.")
]


@dataclass(frozen=True)
class Task:
    """A claim to train for, where its runs, versions and bundles go, and with which candidates."""

    settings: Settings
    claim: "Claim"
    plan: "Plan"


def named_settings(settings: Settings, file: Path | None, each: str | None) -> Settings:
    """The settings of the one classifier that is meant; no text is read.

    Raises:
        TargetError: the target file is broken, or it does not say which of its classifiers is meant.
    """
    if file is None:
        _no_each(each)
        return settings
    return settings.of_target(_read(file).model_name(each))


def named_claim(
    settings: Settings, file: Path | None, each: str | None, corpus: Path | None
) -> "tuple[Settings, Claim]":
    """The one claim that is meant, on its own texts or those of another path.

    Raises:
        TargetError: as ``named_settings``, or there are no texts for it.
        CorpusError: texts break their schema.
    """
    from training.claim import own_claim
    from training.target_claims import target_claims

    named = named_settings(settings, file, each)
    if file is None:
        return named, own_claim(named)
    claims = target_claims(_read(file), corpus)
    if named.model not in claims:
        raise TargetError(f"{file}: no texts for {named.model}; there are some for {', '.join(claims)}")
    return named, claims[named.model]


def tasks(
    settings: Settings, file: Path | None, each: str | None, corpus: Path | None, plan_file: Path | None
) -> list[Task]:
    """What a training is to do: for a target with several classifiers one task each, unless one is named.

    Raises:
        TargetError: as ``named_claim``.
        CorpusError: texts break their schema, or are too few to be split and cross-validated.
        CandidateError: the file of the candidates is broken.
    """
    from training.candidates import FILE, read_plan
    from training.claim import own_claim
    from training.target_claims import check_enough, target_claims

    if file is None:
        _no_each(each)
        return [Task(settings, own_claim(settings), read_plan(plan_file or FILE))]
    target = _read(file)
    if plan_file:
        target = target.model_copy(update={"candidates": plan_file})
    plan = target.plan()
    if target.each is not None and each is None:
        found = [Task(settings.of_target(name), claim, plan) for name, claim in target_claims(target, corpus).items()]
    else:
        found = [Task(*named_claim(settings, file, each, corpus), plan)]
    for task in found:
        check_enough(task.settings.model, task.claim.corpus, plan.folds)
    return found


def _no_each(each: str | None) -> None:
    if each is not None:
        raise TargetError(f"--each {each}: of which target? Name its file with --target")


def _read(file: Path) -> "Target":
    from training.target import read_target

    return read_target(file)
