"""What is searched: the blocks of a family, their parameters, and those of its classifier."""

from typing import Any, Final

from optuna.trial import BaseTrial

from training.candidates import Candidate

FAMILIES: Final = ("linear", "trees")

# What each family is tried with first, so that no search ends below what stands in candidates.yaml.
KNOWN: Final[dict[str, dict[str, Any]]] = {
    "linear": {
        "words_longest": 2,
        "words_min_df": 2,
        "tags": True,
        "tags_longest": 4,
        "tags_min_df": 3,
        "chars": False,
        "cues": False,
        "C": 8.0,
        "class_weight": "balanced",
    },
    "trees": {
        "words": False,
        "n_estimators": 250,
        "learning_rate": 0.06,
        "num_leaves": 15,
        "min_child_samples": 10,
        "colsample_bytree": 0.4,
        "subsample": 0.8,
        "reg_lambda": 2.0,
        "class_weight": "balanced",
    },
}


def suggest(family: str, trial: BaseTrial) -> Candidate:
    """Draw a candidate of a family; ``trial`` may be a finished one, whose candidate is then built again."""
    return _linear(trial) if family == "linear" else _trees(trial)


def _linear(trial: BaseTrial) -> Candidate:
    params: dict[str, dict[str, Any]] = {"words": _ngrams(trial, "words", 3, 3)}
    blocks = ["words"]
    tags = _ngrams(trial, "tags", 5, 4)
    if trial.suggest_categorical("tags", [True, False]):
        blocks.append("tags")
        params["tags"] = tags
    blocks += [name for name in ("chars", "cues") if trial.suggest_categorical(name, [False, True])]
    return Candidate(
        name="tuned-linear",
        family="linear",
        blocks=tuple(blocks),
        block_params=params,
        classifier="sklearn.linear_model.LogisticRegression",
        params={
            "C": _short(trial.suggest_float("C", 0.3, 50.0, log=True)),
            "class_weight": _weights(trial),
            "max_iter": 400,
            "tol": 0.0001,
        },
    )


def _ngrams(trial: BaseTrial, block: str, longest: int, rarest: int) -> dict[str, Any]:
    return {
        "ngram_range": [1, trial.suggest_int(f"{block}_longest", 1, longest)],
        "min_df": trial.suggest_int(f"{block}_min_df", 1, rarest),
    }


def _trees(trial: BaseTrial) -> Candidate:
    words = ("words",) if trial.suggest_categorical("words", [False, True]) else ()
    return Candidate(
        name="tuned-trees",
        family="trees",
        blocks=("frames", "cues", *words),
        block_params={"words": {"min_df": 20}} if words else {},
        classifier="lightgbm.LGBMClassifier",
        params={
            "n_jobs": 1,
            "n_estimators": trial.suggest_int("n_estimators", 100, 500, step=50),
            "learning_rate": _short(trial.suggest_float("learning_rate", 0.02, 0.2, log=True)),
            "num_leaves": trial.suggest_int("num_leaves", 7, 31),
            "min_child_samples": trial.suggest_int("min_child_samples", 5, 40),
            "colsample_bytree": _short(trial.suggest_float("colsample_bytree", 0.1, 0.8)),
            "subsample": _short(trial.suggest_float("subsample", 0.5, 1.0)),
            "subsample_freq": 1,
            "reg_lambda": _short(trial.suggest_float("reg_lambda", 0.1, 20.0, log=True)),
            "class_weight": _weights(trial),
            "verbosity": -1,
        },
    )


def _weights(trial: BaseTrial) -> str | None:
    return "balanced" if trial.suggest_categorical("class_weight", ["balanced", None]) else None


def _short(value: float) -> float:
    """Three digits: what is tried is what will be written to the file."""
    return float(f"{value:.3g}")
