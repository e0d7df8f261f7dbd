"""The model as MLflow hands it to Spark: text in, the columns of a scored table out."""

import math
from pathlib import Path
from typing import Any

import pandas as pd
from mlflow.models import ModelSignature
from mlflow.pyfunc import PythonModel, save_model
from mlflow.types import ColSpec, DataType, Schema
from threadpoolctl import threadpool_limits

from features.answer import Answer
from features.compiled import compile_model
from features.labels import LABELS
from features.table import COLUMNS, Fault, as_row, check, score_cells
from training.model_file import load_model

TEXT = "text"
FAULT = "fault"
TYPES: dict[str, str] = {
    **dict.fromkeys(COLUMNS, "string"),
    **dict.fromkeys(LABELS, "double"),
    "on_topic": "boolean",
    FAULT: "string",
}
NOTHING = {"string": "", "double": math.nan, "boolean": False}  # MLflow would make a word of None
ROOT = Path(__file__).parents[1]


class TableModel(PythonModel):  # type: ignore[misc]
    """Scores texts as the command line does: the same code, and so the same digits.

    A row that cannot be scored has only a ``fault``, the reason. What a row has not is ``NOTHING`` of its type.
    """

    def load_context(self, context: Any) -> None:
        """Load the model, once in each worker process."""
        threadpool_limits(1)
        self._model = compile_model(load_model(Path(context.artifacts["model"])))

    def predict(self, context: Any, model_input: pd.DataFrame, params: Any = None) -> pd.DataFrame:  # noqa: ARG002
        """Return ``TYPES`` as columns, one row for each text."""
        outcomes = score_cells(self._model, [check(cell) for cell in model_input[TEXT]])
        return pd.DataFrame([_cells(outcome) for outcome in outcomes], columns=list(TYPES))


def _cells(outcome: Answer | Fault) -> list[object]:
    row = as_row(outcome) if isinstance(outcome, Answer) else {FAULT: outcome.reason}
    return [NOTHING[kind] if row.get(name) is None else row[name] for name, kind in TYPES.items()]


def save(model_file: Path, directory: Path) -> None:
    """Save the model of a bundle or run with the code it needs, to be sent to any machine."""
    save_model(
        str(directory),
        python_model=TableModel(),
        artifacts={"model": str(model_file)},
        code_paths=[str(ROOT / room) for room in ("features", "training")],
        signature=ModelSignature(Schema([ColSpec(DataType.string, TEXT, required=False)])),
        pip_requirements=["mlflow", "scikit-learn", "lightgbm", "skops"],
    )
