"""A target file: another claim to train for, with its texts, lexicon, candidates, metric and prior."""

import re
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from features.labels import LABELS
from training.candidates import FILE, Candidate, Finish, Plan, read_plan
from training.errors import TargetError
from training.settings import MODEL

LEXICON = "lexicon"
TAKEN = (MODEL, "bundles", "current")  # the project's own model, and what stands in its directory
VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,59}")


class Target(BaseModel):
    """What a target file says; every path in it is relative to the file.

    Attributes:
        name: of the MLflow experiment, the registered model and the directory of its bundles.
        claim: the claim, or the question, that texts take a stance on.
        corpus: a file of JSON lines, or a directory of such files.
        each: a field of the texts; one classifier is trained for each of its values.
        labels: label of the texts to one of ours, where they are called otherwise.
        codebook: what the labels mean; logged with every training.
        lexicon: a folder of YAML files, for candidates that read the block ``lexicon``.
        candidates: what is fitted; the project's candidates by default.
        metric: what candidates are ranked by and the gate compares.
        prior: shares of the stances in use, and with ``prior_strength`` how far probabilities are moved there.
        test_share: of the groups of texts that are kept aside, where texts do not say which split they are in.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
    claim: Annotated[str, Field(min_length=1, max_length=400)]
    corpus: Path
    each: str | None = None
    labels: dict[str, str] = {}
    codebook: Path | None = None
    lexicon: Path | None = None
    candidates: Path = FILE
    metric: Literal["macro_f1", "f_avg"] = "macro_f1"
    prior: dict[str, float] | None = None
    prior_strength: Annotated[float, Field(ge=0, le=1)] = 0.0
    test_share: Annotated[float, Field(gt=0, lt=1)] = 0.2

    @model_validator(mode="after")
    def _labels_are_ours(self) -> Self:
        for label in (*self.labels.values(), *(self.prior or {})):
            if label not in LABELS:
                raise ValueError(f"unknown label {label!r}; one of {', '.join(LABELS)} is needed")
        if self.prior and set(self.prior) != set(LABELS):
            raise ValueError(f"the prior needs a share for each of {', '.join(LABELS)}")
        return self

    @field_validator("name")
    @classmethod
    def _name_is_free(cls, name: str) -> str:
        if name in TAKEN:
            raise ValueError(f"{name!r} is taken; another name is needed")
        return name

    def model_name(self, value: str | None) -> str:
        """The name of a classifier: the target's own, or with the value of ``each`` behind it.

        Raises:
            TargetError: the value is missing, not asked for, or cannot be part of a name.
        """
        if self.each is None:
            if value is not None:
                raise TargetError(f"{self.name} is one classifier: there is no {value!r} of it")
            return self.name
        if value is None:
            raise TargetError(f"{self.name} has a classifier for each {self.each}: name one with --each")
        if not VALUE.fullmatch(value):
            raise TargetError(
                f"{self.each} {value[:60]!r} cannot be part of a name: letters, digits, blanks and ._- can, 60 at most"
            )
        return f"{self.name}-{value.replace(' ', '-')}"

    def claim_of(self, name: str) -> str:
        """The claim of a classifier by its name: the target's own, or with the value of ``each`` behind it."""
        return self.claim if self.each is None else f"{self.claim}: {name.removeprefix(f'{self.name}-')}"

    def plan(self) -> Plan:
        """The candidates, with the target's lexicon and prior, and without the gate of the project's own topic.

        Raises:
            CandidateError: the file of the candidates is broken.
        """
        plan = read_plan(self.candidates)
        finish = Finish(prior=self.prior, prior_strength=self.prior_strength, topic_gate=False)
        candidates = tuple(self._with_lexicon(candidate) for candidate in plan.candidates)
        return plan.model_copy(update={"model": finish, "candidates": candidates})

    def _with_lexicon(self, candidate: Candidate) -> Candidate:
        if LEXICON not in candidate.blocks:
            return candidate
        if self.lexicon is None:
            raise TargetError(f"candidate {candidate.name} reads the block {LEXICON}, but {self.name} names no folder")
        params = {"folder": str(self.lexicon), **candidate.block_params.get(LEXICON, {})}
        return candidate.model_copy(update={"block_params": candidate.block_params | {LEXICON: params}})


def read_target(file: Path) -> Target:
    """Read a target file.

    Raises:
        TargetError: it is missing or breaks the schema, or a file that it names is not there.
    """
    try:
        target = Target.model_validate(yaml.safe_load(file.read_text("utf-8")))
    except (OSError, ValidationError, yaml.YAMLError) as error:
        raise TargetError(f"{file}: {error}") from error
    paths: dict[str, Path] = {}
    for field in ("corpus", "codebook", "lexicon", "candidates"):
        named: Path | None = getattr(target, field)
        if named is None:
            continue
        paths[field] = file.parent / named
        if field != "corpus" and not paths[field].exists():  # the corpus may be given on the command line
            raise TargetError(f"{file}: {field} {named} is not there")
    return target.model_copy(update=paths)
