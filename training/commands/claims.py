"""Which claim a command is about: the project's own, or one of a target file's."""

# Imports stand within the functions, as in ``training.cli``.
# ruff: noqa: PLC0415

import shlex
from collections.abc import Sequence
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
    """A claim to train for, where its runs, versions and bundles go, and with which candidates.

    ``words`` are what `make` is told to mean this claim; none for the project's own.
    """

    settings: Settings
    claim: "Claim"
    plan: "Plan"
    words: Sequence[str] = ()


def named_settings(settings: Settings, file: Path | None, each: str | None) -> Settings:
    """The settings of the one classifier that is meant; no text is read.

    Raises:
        TargetError: the target file is broken, or it does not say which of its classifiers is meant.
    """
    target = _read(file, each)
    return settings if target is None else settings.of_target(target.model_name(each))


def named_claim(
    settings: Settings, file: Path | None, each: str | None, corpus: Path | None
) -> "tuple[Settings, Claim]":
    """The one claim that is meant, on its own texts or those of another path.

    Raises:
        TargetError: as ``named_settings``, or there are no texts for it.
        CorpusError: texts break their schema.
    """
    from training.claim import own_claim

    target = _read(file, each)
    return (settings, own_claim(settings)) if target is None else _one_of(target, settings, each, corpus)


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

    target = _read(file, each)
    if target is None:
        return [Task(settings, own_claim(settings), read_plan(plan_file or FILE))]
    if plan_file:
        target = target.model_copy(update={"candidates": plan_file})
    plan = target.plan()
    if target.each is not None and each is None:
        named = [(settings.of_target(name), claim) for name, claim in target_claims(target, corpus).items()]
    else:
        named = [_one_of(target, settings, each, corpus)]
    found = [Task(theirs, claim, plan, _words(file, target, theirs.model)) for theirs, claim in named]
    for task in found:
        check_enough(task.settings.model, task.claim.corpus, plan.folds)
    return found


def _words(file: Path | None, target: "Target", model: str) -> list[str]:
    words = [f"TARGET={shlex.quote(str(file))}"]
    return words if target.each is None else [*words, f"EACH={shlex.quote(model.removeprefix(f'{target.name}-'))}"]


def _read(file: Path | None, each: str | None) -> "Target | None":
    from training.target import read_target

    if file is not None:
        return read_target(file)
    if each is not None:
        raise TargetError(f"--each {each}: of which target? Name its file with --target")
    return None


def _one_of(target: "Target", settings: Settings, each: str | None, corpus: Path | None) -> "tuple[Settings, Claim]":
    from training.target_claims import target_claims

    named, claims = settings.of_target(target.model_name(each)), target_claims(target, corpus)
    if named.model not in claims:
        raise TargetError(f"{target.name}: no texts for {named.model}; there are some for {', '.join(claims)}")
    return named, claims[named.model]
