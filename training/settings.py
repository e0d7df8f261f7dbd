"""Where things are: the environment, read in one place, under options that a command line may overrule."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MODEL = "stance"
CHAMPION = "champion"


@dataclass(frozen=True, slots=True)
class Settings:
    """Places and names.

    Attributes:
        tracking_uri: MLflow's store of runs and models, ``STANCE_TRACKING_URI``.
        experiment: name under which the runs stand, ``STANCE_EXPERIMENT``.
        corpus: directory of the labelled texts, ``STANCE_CORPUS``.
        articles: annotations of the seed articles, ``STANCE_ARTICLES``, their texts in ``articles/``
            beside; may be absent.
        models: directory of the exported bundles and the pointer ``current``, ``STANCE_MODELS``.
        feedback_url: database in which the service keeps feedback and traffic, ``STANCE_FEEDBACK_URL``.
    """

    tracking_uri: str = "sqlite:///mlflow.db"
    experiment: str = MODEL
    corpus: Path = Path("seeds/corpus")
    articles: Path = Path("seeds/annotations.jsonl")
    models: Path = Path("models")
    feedback_url: str = "sqlite:///feedback.db"


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings that the environment names; the others keep their defaults."""
    usual = Settings()
    return Settings(
        tracking_uri=environment.get("STANCE_TRACKING_URI", usual.tracking_uri),
        experiment=environment.get("STANCE_EXPERIMENT", usual.experiment),
        corpus=Path(environment.get("STANCE_CORPUS", usual.corpus)),
        articles=Path(environment.get("STANCE_ARTICLES", usual.articles)),
        models=Path(environment.get("STANCE_MODELS", usual.models)),
        feedback_url=environment.get("STANCE_FEEDBACK_URL", usual.feedback_url),
    )
