"""One training for another target: candidates fitted, measured, logged and ranked in an experiment of its own.

There is no champion, gate or bundle here: those belong to the project's own claim.
"""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import mlflow

from features.labels import LABELS
from training.bootstrap import score_interval
from training.candidates import Candidate
from training.card import slices_markdown, table
from training.corpus import Corpus
from training.errors import CorpusError, Problem
from training.fit import train_candidates
from training.logged import dataset, log_model, log_rows
from training.measured import Measured, measure_candidate
from training.plots import draw
from training.progress import Progress
from training.registry import CHOSEN_RUN, MODEL_ID
from training.runs import CARD, WORST, Setting, parameters, tags
from training.settings import Settings
from training.slices import facets, slice_table, worst_errors
from training.target import METRICS, Target
from training.tracking import connect


@dataclass(frozen=True)
class TargetTraining:
    """What came of a training: the experiment, its candidates best first, and the winner's run."""

    experiment: str
    ranking: list[Measured]
    run_id: str


def train_target(
    settings: Settings,
    target: Target,
    claims: dict[str, Corpus],
    names: Sequence[str],
    progress: Progress,
    *,
    seed: int = 0,
    jobs: int = -1,
) -> list[TargetTraining]:
    """Train the named candidates, or all, for each claim of a target.

    Args:
        settings: where MLflow's store is; the experiment is the claim's name.
        target: what the target file says.
        claims: the texts of each classifier, by its name.
        names: of candidates.
        progress: shows how far it is.
        seed: of every estimator that takes one.
        jobs: processes; -1 for one a core.

    Raises:
        CorpusError: a claim has too few texts to be split and cross-validated.
        CandidateError: a candidate cannot be built.
    """
    plan = target.plan()
    candidates = plan.chosen(names)
    for name, corpus in claims.items():
        _check(name, corpus, plan.folds)
    done = []
    for name, corpus in claims.items():
        connect(dataclasses.replace(settings, experiment=name))
        setting = Setting(plan, corpus.split("train"), corpus.split("test"), corpus.digest, seed)
        with mlflow.start_run(run_name=f"train {len(candidates)} candidates", tags=tags(setting)):
            mlflow.log_dict(target.model_dump(mode="json"), "target.json")
            if target.codebook:
                mlflow.log_artifact(str(target.codebook))
            with progress.stage(name, len(candidates)) as step:
                done.append(TargetTraining(name, *_train(target, setting, candidates, step, jobs)))
    return done


def _train(
    target: Target,
    setting: Setting,
    candidates: Sequence[Candidate],
    step: Callable[[str], None],
    jobs: int,
) -> tuple[list[Measured], str]:
    """Train for one claim in the active run; return the candidates best first and the winner's run."""
    trained = train_candidates(candidates, setting.plan, setting.train, seed=setting.seed, jobs=jobs, on_done=step)
    by_metric = f"cv_{target.metric}"
    found = []
    for one in trained:
        measured = measure_candidate(one, setting.train, setting.test, setting.seed)
        score = score_interval(one.cross_validated, setting.train.groups, METRICS[target.metric], seed=setting.seed)
        named = {by_metric: score.estimate, f"{by_metric}_low": score.low, f"{by_metric}_high": score.high}
        measured = dataclasses.replace(measured, figures=measured.figures | named)
        found.append((measured, _log(measured, setting, target)))
    found.sort(key=lambda pair: pair[0].figures[by_metric], reverse=True)
    (best, run_id), ranking = found[0], [measured for measured, _ in found]
    rows = [[m.candidate.name, f"{m.figures[by_metric]:.4f}", f"{m.figures[target.metric]:.4f}"] for m in ranking]
    said = table(["candidate", by_metric, target.metric], rows)
    note = f"“{target.claim}”: **{best.candidate.name}** has the highest {by_metric}.\n\n{said}"
    mlflow.set_tags({"mlflow.note.content": note, CHOSEN_RUN: run_id, "candidate": best.candidate.name})
    mlflow.log_metrics(best.figures)
    return ranking, run_id


def _log(found: Measured, setting: Setting, target: Target) -> str:
    """Log a candidate as a child of the active run, and return the child's id."""
    items = [record.model_dump() for record in setting.test.records]
    slices = slice_table(found.test, facets(items))
    with mlflow.start_run(nested=True, run_name=found.candidate.name) as run:
        mlflow.set_tags(tags(setting) | {"candidate": found.candidate.name, "family": found.candidate.family})
        mlflow.log_params(parameters(found.candidate, setting))
        model_id = log_model(found.model)
        mlflow.set_tag(MODEL_ID, model_id)
        mlflow.log_input(dataset(setting.train, "train"), context="training")
        mlflow.log_metrics(found.figures, model_id=model_id)
        for file, figure in draw(found.test, slices).items():
            mlflow.log_figure(figure, f"plots/{file}")
        log_rows(worst_errors(found.test, items, WORST), "tables/errors.json")
        figures = [[label, f"{found.figures[f'{label}_f1']:.3f}"] for label in LABELS]
        said = [f"# Stance toward “{target.claim}”", table(["stance", "F1"], figures), slices_markdown(slices)]
        mlflow.log_text("\n\n".join(said), CARD)
        return str(run.info.run_id)


def _check(name: str, corpus: Corpus, folds: int) -> None:
    """Every label that occurs is in both sides of the split, and often enough for the folds."""
    train, test = corpus.split("train"), corpus.split("test")
    problems = []
    for label in sorted(set(corpus.labels)):
        groups = {group for group, held in zip(train.groups, train.labels, strict=True) if held == label}
        if len(groups) < folds or label not in test.labels:
            found = f"{len(groups)} groups to train on and {test.labels.count(label)} texts to test on"
            problems.append(Problem(name, 0, f"{label} has {found}; {folds} and one are needed"))
    if len(set(corpus.labels)) < 2:  # noqa: PLR2004
        problems.append(Problem(name, 0, "the texts have one label only"))
    if problems:
        raise CorpusError(problems)
