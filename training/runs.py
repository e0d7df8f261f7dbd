"""What a run holds: the same parameters, figures, plots and tables for every candidate."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import mlflow
import mlflow.data
import mlflow.sklearn
import pandas as pd
from mlflow.data.code_dataset_source import CodeDatasetSource
from mlflow.models import ModelSignature
from mlflow.types import ColSpec, DataType, Schema

import features
from features.trusted import TRUSTED_TYPES
from training.candidates import Candidate, Plan
from training.card import write_card
from training.corpus import Corpus
from training.measured import Measured
from training.plots import draw
from training.provenance import commit, cores, libraries
from training.registry import MODEL_ID
from training.slices import facets, slice_table, worst_errors
from training.smoke import Smoke

CARD = "card.md"
CORPUS = "corpus.json"
LIBRARIES = "libraries.json"
WORST = 100
EXAMPLE = pd.DataFrame({"text": ["Beijing denies that it sends weapons to Russia."]})
SIGNATURE = ModelSignature(
    inputs=Schema([ColSpec(DataType.string, "text")]), outputs=Schema([ColSpec(DataType.string)])
)


@dataclass(frozen=True)
class Setting:
    """What all candidates of one training have in common."""

    plan: Plan
    train: Corpus
    test: Corpus
    digest: str
    seed: int


def tags(setting: Setting) -> dict[str, str]:
    """Tags of a whole training, parent and children alike."""
    return {"corpus_digest": setting.digest, "git_commit": commit(), "host_cores": str(cores())}


def parameters(candidate: Candidate, setting: Setting) -> dict[str, str | int | float]:
    """Parameters of a candidate's run; every candidate has all of them."""
    finish = setting.plan.model
    return {
        "candidate": candidate.name,
        "family": candidate.family,
        "blocks": " ".join(setting.plan.blocks(candidate)),
        "members": " ".join(candidate.members),
        "classifier": candidate.classifier,
        "classifier_params": json.dumps(candidate.params, sort_keys=True),
        "folds": setting.plan.folds,
        "prior": json.dumps(finish.prior),
        "prior_strength": finish.prior_strength,
        "seed": setting.seed,
        "train_texts": len(setting.train),
        "test_texts": len(setting.test),
    }


def describe(found: Measured, setting: Setting) -> str:
    """Describe a run in the Markdown that its page shows."""
    of, setup = found.figures, found.candidate
    reads = " and ".join(setting.plan.blocks(setup))
    weighs = f", weighing {' and '.join(setup.members)}" if setup.members else ""
    return (
        f"**{setup.name}**: {setup.classifier.rpartition('.')[2]} over {reads}{weighs}.\n\n"
        f"Learned from {len(setting.train)} texts, measured on {len(setting.test)} frozen ones: macro-F1 "
        f"**{of['macro_f1']:.3f}** ({of['macro_f1_low']:.3f} to {of['macro_f1_high']:.3f}), cross-validated "
        f"{of['cv_macro_f1']:.3f}; {of['texts_per_second']:.0f} texts a second, {of['model_bytes'] / 1e6:.1f} MB."
    )


def log_candidate(found: Measured, setting: Setting, smoke: Smoke | None) -> str:
    """Log a candidate as a child of the active run, and return the child's id."""
    items = [record.model_dump() for record in setting.test.records]
    slices = slice_table(found.test, facets(items))
    name, family = found.candidate.name, found.candidate.family
    with mlflow.start_run(nested=True, run_name=name, description=describe(found, setting)) as run:
        blocks = " ".join(setting.plan.blocks(found.candidate))
        mlflow.set_tags(tags(setting) | {"candidate": name, "family": family, "blocks": blocks})
        mlflow.log_params(parameters(found.candidate, setting))
        model_id = log_model(found)
        mlflow.set_tag(MODEL_ID, model_id)
        mlflow.log_input(dataset(setting.train, "train"), context="training")
        frozen = dataset(setting.test, "test")
        mlflow.log_input(frozen, context="testing")
        mlflow.log_metrics(found.figures, model_id=model_id, dataset=frozen)
        if smoke:
            mlflow.log_metric("seed_articles_right", smoke.right)
        for file, figure in draw(found.test, slices).items():
            mlflow.log_figure(figure, f"plots/{file}")
        log_rows(slices, "tables/slices.json")
        log_rows(worst_errors(found.test, items, WORST), "tables/errors.json")
        mlflow.log_text(write_card(found, setting.train, setting.test, slices, smoke), CARD)
        mlflow.log_dict({"digest": setting.digest, "texts": len(setting.train) + len(setting.test)}, CORPUS)
        mlflow.log_dict(libraries(), LIBRARIES)
        return str(run.info.run_id)


def log_model(found: Measured) -> str:
    """Log the pipeline of a candidate to the active run, and return the id of the logged model."""
    logged = mlflow.sklearn.log_model(
        found.model,
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
