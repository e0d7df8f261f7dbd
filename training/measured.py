"""A trained candidate with its figures: what a run logs, a ranking sorts and a gate looks at."""

import time
from dataclasses import dataclass

from sklearn.pipeline import Pipeline
from threadpoolctl import threadpool_limits

from training.bootstrap import score_interval
from training.calibration import expected_calibration_error
from training.candidates import Candidate
from training.corpus import Corpus
from training.fit import Trained
from training.metrics import MACRO_F1, Metric, log_loss, measure
from training.model_file import dump_model
from training.scored import Scored, answered_documents

SAMPLE = 500


@dataclass(frozen=True)
class Measured:
    """A candidate as it was trained, its answers for the test split, and every figure by name."""

    trained: Trained
    test: Scored
    figures: dict[str, float]

    @property
    def candidate(self) -> Candidate:
        """What was trained."""
        return self.trained.candidate

    @property
    def model(self) -> Pipeline:
        """The fitted pipeline."""
        return self.trained.model

    @property
    def rounded(self) -> dict[str, float]:
        """The figures to four places, as runs show them: more would be noise, and does not fit the UI's columns."""
        return {name: round(value, 4) for name, value in self.figures.items()}


def measure_candidate(trained: Trained, train: Corpus, test: Corpus, metric: Metric, seed: int) -> Measured:
    """Answer the frozen test split with a trained candidate and take every figure, and the metric's intervals."""
    with threadpool_limits(limits=1):
        scored = answered_documents(trained.model, test.documents, test.truth)
        rate = texts_per_second(trained.model, test)
    figures = measure(scored)
    for one in dict.fromkeys((MACRO_F1, metric)):
        interval = score_interval(scored, test.groups, one.of, seed=seed)
        validated = score_interval(trained.cross_validated, train.groups, one.of, seed=seed)
        for key, found in ((one.key, interval), (f"cv_{one.key}", validated)):
            figures |= {key: found.estimate, f"{key}_low": found.low, f"{key}_high": found.high}
    figures |= {
        **_calibration(trained),
        "fit_seconds": trained.fit_seconds,
        "fit_cpu_seconds": trained.cpu_seconds,
        "texts_per_second": rate,
        "model_bytes": float(len(dump_model(trained.model))),
    }
    return Measured(trained, scored, figures)


def _calibration(trained: Trained) -> dict[str, float]:
    """How far the held-out probabilities were off before calibration and are after it."""
    figures = {"temperature": float(trained.model[-1].temperature_)}
    for name, scored in (("", trained.cross_validated), ("_uncalibrated", trained.uncalibrated)):
        figures[f"cv_ece{name}"] = expected_calibration_error(scored)
        figures[f"cv_log_loss{name}"] = log_loss(scored)
    return figures


def texts_per_second(model: Pipeline, test: Corpus) -> float:
    """Answer up to 500 test texts in one batch, after a first one to warm up; the caller limits threads."""
    texts = test.texts[:SAMPLE]
    model.predict_proba(texts[:1])
    start = time.perf_counter()
    model.predict_proba(texts)
    return len(texts) / (time.perf_counter() - start)


def ranked(measured: list[Measured], metric: Metric) -> list[Measured]:
    """Best first, by the cross-validated metric: the test split has no say in the choice."""
    return sorted(measured, key=lambda found: found.figures[f"cv_{metric.key}"], reverse=True)


def chosen(ranking: list[Measured], metric: Metric) -> Measured:
    """Return the candidate to stand for champion, of those that compete or, if none does, of all.

    Those within the 95 % interval of the best by the metric count as equally good at deciding; of them the one whose
    held-out probabilities are best is taken, by log loss, since probabilities are what is answered.
    """
    competing = [found for found in ranking if found.candidate.competes] or ranking
    least = competing[0].figures[f"cv_{metric.key}_low"]
    equals = [found for found in competing if found.figures[f"cv_{metric.key}"] >= least]
    return min(equals, key=lambda found: found.figures["cv_log_loss"])
