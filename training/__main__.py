"""``python -m training``: the commands of the training room."""

import os

# MLflow decides on telemetry when it is imported, so the answer has to be there before it.
os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")

from training.cli import main

main()
