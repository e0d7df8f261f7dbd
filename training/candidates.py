"""Candidates as data: what ``candidates.yaml`` says, and the estimators that it names."""

import importlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.ensemble import StackingClassifier, VotingClassifier
from sklearn.pipeline import Pipeline

from features.model import BLOCKS, block_pipeline, make_model
from training.errors import CandidateError
from training.settings import CHAMPION

FILE = Path(__file__).with_name("candidates.yaml")
SOURCES = ("sklearn.", "lightgbm.", "features.")
STACK_FOLDS = 2
VOTE = "vote"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Candidate(_Part):
    """A model to try: blocks and a classifier, or members and what weighs them: a classifier, or a ``vote``.

    ``block_params`` are parameters of blocks by the block's name, where they are not to have their usual ones.
    """

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    family: str
    classifier: str
    params: dict[str, Any] = {}
    blocks: tuple[str, ...] = ()
    block_params: dict[str, dict[str, Any]] = {}
    members: tuple[str, ...] = ()
    competes: bool = True

    @model_validator(mode="after")
    def _has_blocks_or_members(self) -> Self:
        if self.name == CHAMPION:
            raise ValueError(f"a candidate cannot be called {CHAMPION}: that is whoever holds the alias")
        if bool(self.blocks) == bool(self.members):
            raise ValueError(f"{self.name}: either blocks or members are needed")
        strange = sorted(set(self.block_params) - set(self.blocks))
        if strange:
            raise ValueError(f"{self.name}: parameters for {', '.join(strange)}, which it does not read")
        unknown = sorted(set(self.blocks) - set(BLOCKS))
        if unknown:
            raise ValueError(f"{self.name}: no block {', '.join(unknown)}; there are {', '.join(BLOCKS)}")
        return self


class Finish(_Part):
    """How probabilities are moved to the prior of use, and whether off-topic texts are kept neutral."""

    prior: dict[str, float] | None = None
    prior_strength: Annotated[float, Field(ge=0, le=1)] = 0.0
    topic_gate: bool = True


class Plan(_Part):
    """All candidates, which is the default one, and how each is cross-validated and finished."""

    default: str
    folds: Annotated[int, Field(ge=2)] = 5
    model: Finish = Finish()
    candidates: tuple[Candidate, ...]

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        names = [candidate.name for candidate in self.candidates]
        if len(set(names)) < len(names):
            raise ValueError("two candidates have the same name")
        for name in (self.default, *(member for found in self.candidates for member in found.members)):
            if name not in names:
                raise ValueError(f"no candidate {name!r}")
        for candidate in self.candidates:
            for member in candidate.members:
                if self.candidate(member).members:
                    raise ValueError(f"{candidate.name}: member {member} has members itself")
        return self

    def candidate(self, name: str) -> Candidate:
        """Look a candidate up.

        Raises:
            CandidateError: there is none of that name.
        """
        for candidate in self.candidates:
            if candidate.name == name:
                return candidate
        known = ", ".join(candidate.name for candidate in self.candidates)
        raise CandidateError(f"no candidate {name!r}; there are {known}")

    def chosen(self, names: Sequence[str]) -> tuple[Candidate, ...]:
        """The named candidates, or all where none is named."""
        return tuple(self.candidate(name) for name in names) or self.candidates

    def blocks(self, candidate: Candidate) -> tuple[str, ...]:
        """The blocks a candidate reads, those of its members included, each once."""
        own = list(candidate.blocks)
        for member in candidate.members:
            own += self.candidate(member).blocks
        return tuple(dict.fromkeys(own))


def read_plan(file: Path = FILE) -> Plan:
    """Read ``candidates.yaml``.

    Raises:
        CandidateError: the file breaks the schema or names a block or member that is not there.
    """
    try:
        return Plan.model_validate(yaml.safe_load(file.read_text("utf-8")))
    except (ValidationError, yaml.YAMLError) as error:
        raise CandidateError(f"{file.name}: {error}") from error


def build_base(candidate: Candidate, plan: Plan, seed: int) -> ClassifierMixin:
    """Build the classifier over documents that a candidate names, unfitted.

    Raises:
        CandidateError: a classifier cannot be imported or does not take the parameters given.
    """
    if not candidate.members:
        found = block_pipeline(candidate.blocks, build_classifier(candidate, seed))
        return found.set_params(**_params_in(found, candidate))
    members = [(name, build_base(plan.candidate(name), plan, seed)) for name in candidate.members]
    if candidate.classifier == VOTE:
        return VotingClassifier(members, voting="soft", **candidate.params)
    return StackingClassifier(
        members, _build(candidate.classifier, candidate.params, seed), cv=STACK_FOLDS, stack_method="predict_proba"
    )


def build_model(candidate: Candidate, plan: Plan, seed: int) -> Pipeline:
    """Build the whole pipeline of a candidate, from raw texts to final probabilities, unfitted."""
    finish = plan.model
    return make_model(
        build_base(candidate, plan, seed),
        prior=finish.prior,
        prior_strength=finish.prior_strength,
        calibration_folds=plan.folds,
        topic_gate=finish.topic_gate,
    )


def build_classifier(candidate: Candidate, seed: int) -> BaseEstimator:
    """Build what a candidate puts on top of its columns, unfitted.

    Raises:
        CandidateError: it cannot be imported or does not take the parameters given.
    """
    return _build(candidate.classifier, candidate.params, seed)


def _params_in(pipeline: Pipeline, candidate: Candidate) -> dict[str, Any]:
    """The parameters of a candidate's blocks, as its pipeline names them."""
    given = {
        f"features__{block}__{name}": value
        for block in candidate.block_params
        for name, value in block_params(candidate, block).items()
    }
    unknown = sorted(set(given) - set(pipeline.get_params()))
    if unknown:
        raise CandidateError(f"{candidate.name}: no parameter {', '.join(unknown)}")
    return given


def block_params(candidate: Candidate, block: str) -> dict[str, Any]:
    """The parameters that a candidate gives a block; YAML's lists become the tuples that blocks want."""
    given = candidate.block_params.get(block, {})
    return {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}


def _build(path: str, params: Mapping[str, Any], seed: int) -> BaseEstimator:
    """Make the estimator that a dotted path names; parameters of the form {class, params} are made first."""
    if not path.startswith(SOURCES):
        raise CandidateError(f"{path}: classifiers come from {', '.join(SOURCES)} only")
    module, _, name = path.rpartition(".")
    given = {
        key: _build(value["class"], value.get("params", {}), seed) if _is_estimator(value) else value
        for key, value in params.items()
    }
    try:
        made = getattr(importlib.import_module(module), name)(**given)
    except (ImportError, AttributeError, TypeError) as error:
        raise CandidateError(f"{path}: {error}") from error
    return made.set_params(random_state=seed) if "random_state" in made.get_params(deep=False) else made


def _is_estimator(value: object) -> bool:
    return isinstance(value, dict) and "class" in value
