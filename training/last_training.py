"""The last training of a model as the store has it: the parent run, and the candidates nested in it."""

from mlflow import MlflowClient
from mlflow.entities import Run

from training.settings import MODEL

CHOSEN_RUN = "chosen_run"
MODEL_NAME = "model"


def trained_for(run: Run) -> str:
    """The model that a run was for."""
    return str(run.data.tags.get(MODEL_NAME, MODEL))  # before it was noted there was no other


def trainings(client: MlflowClient) -> list[Run]:
    """The parent runs of all trainings that chose a winner, the last one first."""
    experiments = [experiment.experiment_id for experiment in client.search_experiments()]
    found = client.search_runs(experiments, f"tags.{CHOSEN_RUN} != ''", order_by=["attributes.start_time DESC"])
    return list(found)


def last_training(client: MlflowClient, model: str) -> Run | None:
    """The parent run of the last training that chose a winner for a model; None where there was none."""
    return next((run for run in trainings(client) if trained_for(run) == model), None)


def candidate_runs(client: MlflowClient, training: Run) -> dict[str, str]:
    """The run of each candidate of a training by the candidate's name, in the order they were logged."""
    nested = f"tags.`mlflow.parentRunId` = '{training.info.run_id}'"
    found = client.search_runs([training.info.experiment_id], nested, order_by=["attributes.start_time ASC"])
    return {run.data.tags["candidate"]: str(run.info.run_id) for run in found}
