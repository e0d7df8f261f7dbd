"""What a run holds: the same parameters, figures, plots and tables for every candidate."""

import json
from dataclasses import dataclass

import mlflow
from matplotlib.figure import Figure

from features.answer import score
from training.attribution import strengths
from training.attribution_plots import strengths_figure
from training.bundle import GOLDEN
from training.calibration_plots import reliability_panels
from training.candidates import Candidate, Plan
from training.card import write_card
from training.claim import Claim
from training.corpus import Corpus
from training.explanation import cues_of, frames_of
from training.golden import TEXTS, golden_answers
from training.growth import values
from training.last_training import MODEL_NAME
from training.logged import dataset, log_model, log_rows
from training.measured import Measured
from training.plots import draw, growth_figure
from training.provenance import commit, cores, libraries
from training.registry import MODEL_ID
from training.slices import Row, facets, slice_table, worst_errors
from training.smoke import Smoke

CARD = "card.md"
CLAIM = "claim"
CORPUS = "corpus.json"
LIBRARIES = "libraries.json"
WORST = 100
STRONGEST = 40
SHOWN_FIRST = ("label", "stance", "probability_of_label", "text", "frames", "cues")  # the UI shows six columns
EXPLAINED = 200  # texts that SHAP values are taken over


@dataclass(frozen=True)
class Setting:
    """What all candidates of one training have in common; ``model`` names the registered model they are for."""

    model: str
    claim: Claim
    plan: Plan
    seed: int


def tags(setting: Setting) -> dict[str, str]:
    """Tags of a whole training, parent and children alike."""
    stood_on = {"corpus_digest": setting.claim.corpus.digest, "git_commit": commit(), "host_cores": str(cores())}
    return stood_on | {MODEL_NAME: setting.model, CLAIM: setting.claim.text}


def parameters(candidate: Candidate, setting: Setting) -> dict[str, str | int | float]:
    """Parameters of a candidate's run; every candidate has all of them."""
    finish = setting.plan.model
    return {
        "candidate": candidate.name,
        "family": candidate.family,
        "blocks": " ".join(setting.plan.blocks(candidate)),
        "block_params": json.dumps(candidate.block_params, sort_keys=True),
        "members": " ".join(candidate.members),
        "classifier": candidate.classifier,
        "classifier_params": json.dumps(candidate.params, sort_keys=True),
        "folds": setting.plan.folds,
        "prior": json.dumps(finish.prior),
        "prior_strength": finish.prior_strength,
        "seed": setting.seed,
        "train_texts": len(setting.claim.train),
        "test_texts": len(setting.claim.test),
    }


def describe(found: Measured, setting: Setting) -> str:
    """Describe a run in the Markdown that its page shows."""
    of, setup, metric = found.figures, found.candidate, setting.claim.metric
    key = metric.key
    reached, low, high, validated = (of[name] for name in (key, f"{key}_low", f"{key}_high", f"cv_{key}"))
    reads = " and ".join(setting.plan.blocks(setup))
    weighs = f", weighing {' and '.join(setup.members)}" if setup.members else ""
    return (
        f"**{setup.name}**: {setup.classifier.rpartition('.')[2]} over {reads}{weighs}.\n\n"
        f"Learned from {len(setting.claim.train)} texts, measured on {len(setting.claim.test)} frozen ones: "
        f"{metric.title} **{reached:.3f}** ({low:.3f} to {high:.3f}), cross-validated {validated:.3f}; "
        f"{of['texts_per_second']:.0f} texts a second, {of['model_bytes'] / 1e6:.1f} MB."
    )


def log_candidate(found: Measured, setting: Setting, smoke: Smoke | None) -> str:
    """Log a candidate as a child of the active run, and return the child's id."""
    claim = setting.claim
    slices = slice_table(found.test, facets([record.model_dump() for record in claim.test.records]))
    name, family = found.candidate.name, found.candidate.family
    with mlflow.start_run(nested=True, run_name=name, description=describe(found, setting)) as run:
        blocks = " ".join(setting.plan.blocks(found.candidate))
        mlflow.set_tags(tags(setting) | {"candidate": name, "family": family, "blocks": blocks})
        mlflow.log_params(parameters(found.candidate, setting))
        model_id = log_model(found.model)
        mlflow.set_tag(MODEL_ID, model_id)
        mlflow.log_input(dataset(claim.train, "train"), context="training")
        frozen = dataset(claim.test, "test")
        mlflow.log_input(frozen, context="testing")
        mlflow.log_metrics(found.rounded, model_id=model_id, dataset=frozen)
        for texts, value in values(found.trained.growth, claim.metric).items():
            mlflow.log_metric(f"learning_curve_{claim.metric.key}", round(value, 4), step=texts)
        if smoke:
            mlflow.log_metric("seed_articles_right", smoke.right)
        _log_findings(found, setting, slices)
        mlflow.log_text(write_card(found, claim, slices, smoke), CARD)
        digests = {"digest": claim.corpus.digest, "test_digest": claim.test.digest}
        mlflow.log_dict(digests | {"texts": len(claim.corpus)}, CORPUS)
        mlflow.log_dict(libraries(), LIBRARIES)
        mlflow.log_text(json.dumps(golden_answers(score(found.model, TEXTS)), ensure_ascii=False), GOLDEN)
        return str(run.info.run_id)


def _log_findings(found: Measured, setting: Setting, slices: list[Row]) -> None:
    """Log the plots and tables: where the model is right and wrong, how sure it is, and what it goes by."""
    by_member = strengths(found.model, setting.claim.test.documents[:EXPLAINED])
    plots: dict[str, Figure] = draw(found.test, slices)
    plots["calibration.png"] = reliability_panels(
        {"held-out folds, before": found.trained.uncalibrated, "after calibration": found.trained.cross_validated}
    )
    plots["learning_curve.png"] = growth_figure({found.candidate.name: found.trained.growth}, setting.claim.metric)
    plots |= {f"strongest_{name}.png": strengths_figure(name, of) for name, of in by_member.items()}
    for file, figure in plots.items():
        mlflow.log_figure(figure, f"plots/{file}")
    log_rows(slices, "tables/slices.json")
    log_rows(errors_explained(found, setting.claim.test), "tables/errors.json")
    for name, of in by_member.items():
        log_rows(of.rows(name, STRONGEST), f"tables/strongest_{name}.json")


def errors_explained(found: Measured, test: Corpus) -> list[Row]:
    """The worst errors on the test split, each with the claim frames and cues read in its text."""
    documents = {record.id: document for record, document in zip(test.records, test.documents, strict=True)}
    rows = worst_errors(found.test, [record.model_dump() for record in test.records], WORST)
    read = [{"frames": frames_of(documents[row["id"]]), "cues": cues_of(documents[row["id"]])} for row in rows]
    explained = [row | more for row, more in zip(rows, read, strict=True)]
    return [{name: row[name] for name in dict.fromkeys((*SHOWN_FIRST, *row))} for row in explained]
