"""The behavioural suite: cases by capability, read from YAML beside this file and run against any model.

Its three types of test are those of Ribeiro et al. (2020), "Beyond Accuracy: Behavioral Testing of NLP Models
with CheckList": minimum functionality, invariance and direction of change.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator
from sklearn.pipeline import Pipeline

from features.answer import Answer, score
from features.labels import LABELS, Label

HERE = Path(__file__).parent

Text = Annotated[str, Field(min_length=1)]
Share = Annotated[float, Field(gt=0, lt=1)]
Answers = Mapping[str, Answer]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Stated(_Strict):
    """A text and the label that the codebook gives it."""

    text: Text
    label: Label

    @property
    def texts(self) -> tuple[str, ...]:
        """All texts of the case, the one it is known by first."""
        return (self.text,)


class Varied(_Strict):
    """A text and variants of it that say the same."""

    text: Text
    variants: Annotated[tuple[Text, ...], Field(min_length=1)]

    @property
    def texts(self) -> tuple[str, ...]:
        """All texts of the case, the one it is known by first."""
        return (self.text, *self.variants)


class Changed(_Strict):
    """A text and a changed one, with the one class that becomes more, or less, probable by the change."""

    text: Text
    changed: Text
    rises: Label | None = None
    falls: Label | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.rises is None) == (self.falls is None):
            raise ValueError("a case of direction has either `rises` or `falls`")
        return self

    @property
    def texts(self) -> tuple[str, ...]:
        """All texts of the case, the one it is known by first."""
        return (self.text, self.changed)


class _Capability(_Strict):
    capability: Text
    about: Text


class Minimum(_Capability):
    """Minimum functionality: the answer is the label."""

    type: Literal["minimum"]
    cases: tuple[Stated, ...]

    def fault(self, case: Stated, answers: Answers) -> str | None:
        """Say what is wrong with the answers to a case, if anything is."""
        stance = answers[case.text].stance
        return None if stance == case.label else f"{stance}, not {case.label}"


class Invariance(_Capability):
    """Invariance: each variant has the stance of the text, and no probability off by more than the tolerance."""

    type: Literal["invariance"]
    tolerance: Share
    cases: tuple[Varied, ...]

    def fault(self, case: Varied, answers: Answers) -> str | None:
        """Say what is wrong with the answers to a case, if anything is."""
        base = answers[case.text]
        for variant in case.variants:
            other = answers[variant]
            if other.stance != base.stance:
                return f"{base.stance} becomes {other.stance}: {variant}"
            moved = max(abs(other.probabilities[label] - base.probabilities[label]) for label in LABELS)
            if moved > self.tolerance:
                return f"moved by {moved:.2f}, over {self.tolerance}: {variant}"
        return None


class Direction(_Capability):
    """Direction: the probability of the class named rises, or falls, by at least the margin."""

    type: Literal["direction"]
    margin: Share
    cases: tuple[Changed, ...]

    def fault(self, case: Changed, answers: Answers) -> str | None:
        """Say what is wrong with the answers to a case, if anything is."""
        label, way = (case.rises, 1) if case.rises else (case.falls, -1)
        before, after = (answers[text].probabilities[str(label)] for text in case.texts)
        if way * (after - before) >= self.margin:
            return None
        return f"{label} from {before:.2f} to {after:.2f}, should {'rise' if way > 0 else 'fall'}: {case.changed}"


Capability = Annotated[Minimum | Invariance | Direction, Field(discriminator="type")]
_READER: TypeAdapter[Capability] = TypeAdapter(Capability)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case after its run; ``fault`` is what went wrong, ``None`` if it passed."""

    capability: str
    type: str
    text: str
    fault: str | None


def read_suite(directory: Path = HERE) -> list[Capability]:
    """Read every YAML file of a directory, in the order of their names.

    Raises:
        ValueError: a file breaks the schema; the message names it.
    """
    return [_read(file) for file in sorted(directory.glob("*.yaml"))]


def run(model: Pipeline, suite: Sequence[Capability]) -> list[Outcome]:
    """Answer all texts of a suite at once and judge each case."""
    texts = sorted({text for capability in suite for case in capability.cases for text in case.texts})
    answers = dict(zip(texts, score(model, texts), strict=True))
    return [outcome for capability in suite for outcome in _judge(capability, answers)]


def pass_rate(outcomes: Sequence[Outcome]) -> float:
    """Share of the cases that passed.

    Raises:
        ZeroDivisionError: there are none.
    """
    return sum(outcome.fault is None for outcome in outcomes) / len(outcomes)


def by_capability(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """Group outcomes by capability, in their order."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(outcome.capability, []).append(outcome)
    return groups


def _read(file: Path) -> Capability:
    try:
        return _READER.validate_python(yaml.safe_load(file.read_text("utf-8")))
    except (yaml.YAMLError, ValueError) as error:
        raise ValueError(f"{file.name}: {error}") from error


def _judge(capability: Capability, answers: Answers) -> Iterator[Outcome]:
    for case in capability.cases:
        # The discriminator ties each capability to its own kind of case, which mypy cannot see across a union.
        fault = capability.fault(case, answers)  # type: ignore[arg-type]
        yield Outcome(capability.capability, capability.type, case.text, fault)
