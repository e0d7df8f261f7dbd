"""What the MLflow UI has to show of a store, as direct links, since its start page knows nothing of training."""

from dataclasses import dataclass

from mlflow import MlflowClient
from mlflow.entities import Run

from training.last_training import trained_for, trainings
from training.registry import REASON, SINCE, Registry
from training.tracking import PRIMARY_METRIC, UI_TAGS

# Without it the UI shows its pages for agents, whatever kind an experiment says that it is.
FOR_TRAINING = "workflowType=machine_learning"
CANDIDATES = "searchFilter=tags.family+LIKE+%27%25%27"


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is of one model: pages by what they show, as paths under the UI's address, and who is champion."""

    model: str
    pages: dict[str, str]
    champion: str


def look(client: MlflowClient) -> list[Shown]:
    """Every model that was trained for, by name; none in a store without a finished training."""
    last = {trained_for(run): run for run in reversed(trainings(client))}
    return [_shown(client, model, last[model]) for model in sorted(last)]


def runs_page(experiment: str, metric: str) -> str:
    """The candidates of an experiment, best first by ``metric``."""
    order = f"orderByKey=metrics.%60{metric}%60&orderByAsc=false"
    return f"#/experiments/{experiment}/runs?{FOR_TRAINING}&{CANDIDATES}&{order}"


def run_page(experiment: str, run: str) -> str:
    """One run; of a parent run it says which candidate won and why."""
    return f"#/experiments/{experiment}/runs/{run}?{FOR_TRAINING}"


def version_page(model: str, version: str) -> str:
    """A registered version, with the gate's reason and the model card."""
    return f"#/models/{model}/versions/{version}?{FOR_TRAINING}"


def _shown(client: MlflowClient, model: str, training: Run) -> Shown:
    experiment = client.get_experiment(training.info.experiment_id)
    pages = {
        "runs, best first": runs_page(experiment.experiment_id, (UI_TAGS | experiment.tags)[PRIMARY_METRIC]),
        "last training: who won and why": run_page(experiment.experiment_id, training.info.run_id),
    }
    version = Registry(client, model).champion()
    if version is None:
        return Shown(model, pages, "no champion yet")
    pages["champion: reason and model card"] = version_page(model, version)
    tags = client.get_model_version(model, version).tags
    since = f", since {tags[SINCE]}" if SINCE in tags else ""  # before it was noted nobody knew
    return Shown(model, pages, f"version {version} ({tags.get('candidate', 'by hand')}){since}: {tags.get(REASON, '')}")
