"""How a search went, and which parameters mattered."""

import optuna
from matplotlib.figure import Figure
from optuna.trial import TrialState

COLOURS = {"linear": "#1f6f8b", "trees": "#b3402a"}


def history_figure(studies: dict[str, optuna.Study]) -> Figure:
    """Macro-F1 of every finished trial, and the best one so far."""
    figure = Figure(figsize=(7.0, 4.2), dpi=100, layout="constrained")
    axes = figure.add_subplot()
    for family, study in studies.items():
        done = [trial for trial in study.trials if trial.state == TrialState.COMPLETE]
        numbers, values = [trial.number for trial in done], [trial.values[0] for trial in done]
        so_far = [max(values[: place + 1]) for place in range(len(values))]
        axes.scatter(numbers, values, s=18, color=COLOURS[family], label=f"{family}, {len(done)} trials finished")
        axes.step(numbers, so_far, where="post", color=COLOURS[family])
    axes.set(title="Search", xlabel="trial", ylabel="macro-F1 on held-out folds")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, loc="lower right")
    return figure


def importance_figure(family: str, study: optuna.Study) -> Figure | None:
    """Share of the variance that each parameter explains (fANOVA, Hutter et al. 2014); None with too few trials."""
    values = {trial.values[0] for trial in study.trials if trial.state == TrialState.COMPLETE}
    if len(values) < 4:  # noqa: PLR2004
        return None
    evaluator = optuna.importance.FanovaImportanceEvaluator(seed=0)
    found = optuna.importance.get_param_importances(study, evaluator=evaluator)
    figure = Figure(figsize=(7.0, 1.2 + 0.3 * len(found)), dpi=100, layout="constrained")
    axes = figure.add_subplot()
    axes.barh(range(len(found)), list(found.values()), color=COLOURS[family])
    axes.set_yticks(range(len(found)), list(found))
    axes.invert_yaxis()
    axes.set(title=f"Importance of parameters, {family}", xlabel="share of variance explained")
    axes.spines[["top", "right"]].set_visible(False)
    return figure
