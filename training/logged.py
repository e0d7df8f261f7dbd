"""What MLflow is handed of a candidate: its model, the corpus as datasets, and tables."""

from collections.abc import Sequence
from pathlib import Path

import mlflow
import mlflow.data
import mlflow.sklearn
import pandas as pd
from mlflow.data.code_dataset_source import CodeDatasetSource
from mlflow.models import ModelSignature
from mlflow.types import ColSpec, DataType, Schema
from sklearn.pipeline import Pipeline

import features
from features.trusted import TRUSTED_TYPES
from training.corpus import Corpus
from training.provenance import libraries

EXAMPLE = pd.DataFrame({"text": ["Beijing denies that it sends weapons to Russia."]})
SIGNATURE = ModelSignature(
    inputs=Schema([ColSpec(DataType.string, "text")]), outputs=Schema([ColSpec(DataType.string)])
)


def log_model(model: Pipeline) -> str:
    """Log a pipeline to the active run, and return the id of the logged model."""
    logged = mlflow.sklearn.log_model(
        model,
        name="model",
        signature=SIGNATURE,
        input_example=EXAMPLE,
        code_paths=[str(Path(features.__file__).parent)],
        pip_requirements=[f"{name}=={number}" for name, number in libraries().items() if name != "python"],
        serialization_format="skops",
        skops_trusted_types=list(TRUSTED_TYPES),
    )
    return str(logged.model_id)


def log_rows(rows: Sequence[dict[str, object]], file: str) -> None:
    """Log rows as a table that the UI shows; nothing where there are none."""
    if rows:
        mlflow.log_table(pd.DataFrame(rows, dtype=object), file)


def dataset(corpus: Corpus, name: str) -> mlflow.data.pandas_dataset.PandasDataset:
    """One side of the split as an MLflow dataset; its digest is the beginning of the corpus digest."""
    frame = pd.DataFrame({"id": [r.id for r in corpus.records], "text": corpus.texts, "label": corpus.labels})
    digest = corpus.digest.removeprefix("sha256:")[:16]
    source = CodeDatasetSource({"corpus": corpus.digest})
    return mlflow.data.from_pandas(frame, source=source, targets="label", name=name, digest=digest)
