"""What more texts are worth: macro-F1 against the size of the corpus, family by family."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, product
from pathlib import Path
from statistics import fmean

import numpy as np
from joblib import Parallel, delayed

from features.document import Document, analyse
from features.labels import LABELS
from training.candidates import Candidate, Plan, build_model
from training.corpus import Corpus
from training.errors import CorpusError, Problem, TrainingError
from training.evaluate import read_items
from training.metrics import measure
from training.scored import FloatArray, IntArray, Scored, from_probabilities, in_label_order

SIZES = (0.1, 0.25, 0.5, 1.0)
SEEDS = 5
FAMILIES = ("ngrams-logistic", "tags-logistic", "frames-lightgbm", "claims-vote")


@dataclass(frozen=True)
class Texts:
    """Labelled texts as a process is sent them: one entry of each field a text; batches only where they fold."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]
    batches: tuple[str, ...] = ()

    @property
    def truth(self) -> IntArray:
        """The labels as their places in ``LABELS``: shape (texts,)."""
        return np.array([LABELS.index(label) for label in self.labels], dtype=np.int64)

    @classmethod
    def of(cls, corpus: Corpus) -> "Texts":
        """Take over a corpus."""
        return cls(tuple(corpus.texts), tuple(corpus.labels), tuple(corpus.batches))


@dataclass(frozen=True, slots=True)
class Point:
    """What one fit came to.

    Attributes:
        family: name of the candidate.
        size: share of the corpus it was fitted on, from 0 to 1.
        seed: of the draw and of the fit.
        texts: how many texts that share is.
        macro_f1: on the given texts.
        support_precision: on the given texts.
        cross_validated: macro-F1 of held-out answers for the drawn texts themselves, before the prior's shift.
    """

    family: str
    size: float
    seed: int
    texts: int
    macro_f1: float
    support_precision: float
    cross_validated: float


@dataclass(frozen=True, slots=True)
class Summary:
    """The points of one family and size: their means, and the lowest and highest macro-F1 among the seeds."""

    family: str
    size: float
    texts: int
    macro_f1: float
    low: float
    high: float
    support_precision: float
    cross_validated: float


def read_texts(file: Path) -> Texts:
    """Read labelled texts to be answered.

    Raises:
        CorpusError: the file is missing or empty, or a line has no text and label.
    """
    items = read_items(file)
    return Texts(tuple(item["text"] for item in items), tuple(item["label"] for item in items))


def read_sizes(written: str) -> list[float]:
    """Read shares that are separated by commas, smallest first, each once.

    Raises:
        TrainingError: one of them is no number above 0 and up to 1.
    """
    try:
        sizes = sorted({float(part) for part in written.split(",")})
    except ValueError as error:
        raise TrainingError(f"sizes {written!r}: {error}") from error
    if not all(0 < size <= 1 for size in sizes):
        raise TrainingError(f"sizes {written!r}: each has to be above 0 and at most 1")
    return sizes


def subsample(batches: Sequence[str], size: float, seed: int) -> IntArray:
    """Draw a share of the texts of every batch, rounded up; return their rows, in order.

    Of one seed, the texts of a smaller share are among those of a larger one.
    """
    held = np.array(batches)
    drawn = []
    for number, batch in enumerate(dict.fromkeys(batches)):
        rows = np.random.default_rng([seed, number]).permutation(np.flatnonzero(held == batch))
        drawn.append(rows[: int(np.ceil(size * len(rows)))])
    return np.sort(np.concatenate(drawn)).astype(np.int64)


def learning_curve(
    plan: Plan,
    candidates: Sequence[Candidate],
    train: Texts,
    data: Texts,
    *,
    sizes: Sequence[float] = SIZES,
    seeds: int = SEEDS,
    jobs: int = -1,
    on_done: Callable[[str], None] = lambda _: None,
) -> list[Point]:
    """Fit every candidate on every share of the training texts, in parallel processes, and measure each fit.

    Args:
        plan: folds of the calibration, prior, and members of candidates.
        candidates: the families, in the order of the answer.
        train: what is drawn from.
        data: what is answered.
        sizes: shares of the training texts, above 0 and up to 1.
        seeds: how many draws of each share.
        jobs: processes; -1 for one a core.
        on_done: called with what has just been fitted.

    Raises:
        CorpusError: the training texts belong to fewer batches than the plan has folds.
    """
    if len(set(train.batches)) < plan.folds:
        raise CorpusError(
            [Problem("train split", 0, f"{len(set(train.batches))} batches cannot make {plan.folds} folds")]
        )
    fits = list(product(candidates, sizes, range(seeds)))
    # The longest fits start first, so that no core waits long for the last one.
    queue = sorted(fits, key=lambda fit: (bool(fit[0].members), fit[1]), reverse=True)
    calls = (delayed(_fit)(plan, fit, train, data) for fit in queue)
    done: dict[tuple[str, float, int], Point] = {}
    for point in Parallel(n_jobs=jobs, return_as="generator_unordered")(calls):
        done[point.family, point.size, point.seed] = point
        on_done(f"{point.family}, {point.texts} texts")
    return [done[candidate.name, size, seed] for candidate, size, seed in fits]


def _fit(plan: Plan, fit: tuple[Candidate, float, int], train: Texts, data: Texts) -> Point:
    candidate, size, seed = fit
    documents = _documents(train.texts)
    rows = subsample(train.batches, size, seed)
    model = build_model(candidate, plan, seed)[-1]
    model.fit(
        [documents[row] for row in rows],
        [train.labels[row] for row in rows],
        groups=[train.batches[row] for row in rows],
    )
    figures = measure(_scored(data.truth, model.predict_proba(_documents(data.texts)), model.classes_))
    held_out = measure(_scored(train.truth[rows], model.out_of_fold_, model.classes_))
    return Point(
        family=candidate.name,
        size=size,
        seed=seed,
        texts=len(rows),
        macro_f1=figures["macro_f1"],
        support_precision=figures["support_precision"],
        cross_validated=held_out["macro_f1"],
    )


def _scored(truth: IntArray, probabilities: FloatArray, classes: Sequence[str]) -> Scored:
    return from_probabilities(truth, in_label_order(probabilities, classes))


@lru_cache(maxsize=2)
def _documents(texts: tuple[str, ...]) -> list[Document]:
    """Read texts once for all fits of a process."""
    return [analyse(text) for text in texts]


def summarise(points: Sequence[Point]) -> list[Summary]:
    """Put the seeds of each family and size together, in the order of the points."""
    return [_summary(list(held)) for _, held in groupby(points, key=lambda point: (point.family, point.size))]


def _summary(points: Sequence[Point]) -> Summary:
    figures = [point.macro_f1 for point in points]
    return Summary(
        family=points[0].family,
        size=points[0].size,
        texts=points[0].texts,
        macro_f1=fmean(figures),
        low=min(figures),
        high=max(figures),
        support_precision=fmean(point.support_precision for point in points),
        cross_validated=fmean(point.cross_validated for point in points),
    )


def by_family(summaries: Sequence[Summary]) -> Iterator[tuple[str, list[Summary]]]:
    """Yield each family with its sizes, in the order of the summaries."""
    for family, held in groupby(summaries, key=lambda summary: summary.family):
        yield family, list(held)
