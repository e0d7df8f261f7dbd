"""Where things are: the environment, read in one place, under options that a command line may overrule."""

import dataclasses
import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

MODEL = "stance"
CHAMPION = "champion"


@dataclass(frozen=True, slots=True)
class Settings:
    """Places and names.

    Attributes:
        tracking_uri: MLflow's store of runs and models, ``STANCE_TRACKING_URI``.
        model: name of the registered model, ``STANCE_MODEL``.
        experiment: name under which the runs stand, ``STANCE_EXPERIMENT``.
        corpus: directory of the labelled texts, ``STANCE_CORPUS``.
        articles: annotations of the seed articles, ``STANCE_ARTICLES``, their texts in ``articles/``
            beside; may be absent.
        models: directory of the exported bundles and the pointer ``current``, ``STANCE_MODELS``.
        feedback_url: database in which the service keeps feedback and traffic, ``STANCE_FEEDBACK_URL``.
    """

    tracking_uri: str = "sqlite:///mlflow.db"
    model: str = MODEL
    experiment: str = MODEL
    corpus: Path = Path("seeds/corpus")
    articles: Path = Path("seeds/annotations.jsonl")
    models: Path = Path("models")
    feedback_url: str = "sqlite:///feedback.db"

    @property
    def make_variables(self) -> list[str]:
        """What `make` is told to mean these places, but those that are the usual ones; no password is written out."""
        usual, store = Settings(), "…" if "@" in self.tracking_uri else self.tracking_uri
        places = (
            ("TRACKING", store, usual.tracking_uri),
            ("BUNDLES", str(self.models), str(usual.models)),
            ("CORPUS", str(self.corpus), str(usual.corpus)),
        )
        return [f"{name}={shlex.quote(value)}" for name, value, default in places if value != default]

    def of_target(self, name: str) -> Self:
        """The same for another target: experiment and registered model have its name, and so has its bundles' place."""
        return dataclasses.replace(self, model=name, experiment=name, models=self.models / name)


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings that the environment names; the others keep their defaults."""
    usual = Settings()
    return Settings(
        tracking_uri=environment.get("STANCE_TRACKING_URI", usual.tracking_uri),
        model=environment.get("STANCE_MODEL", usual.model),
        experiment=environment.get("STANCE_EXPERIMENT", usual.experiment),
        corpus=Path(environment.get("STANCE_CORPUS", usual.corpus)),
        articles=Path(environment.get("STANCE_ARTICLES", usual.articles)),
        models=Path(environment.get("STANCE_MODELS", usual.models)),
        feedback_url=environment.get("STANCE_FEEDBACK_URL", usual.feedback_url),
    )
