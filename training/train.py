"""One training from corpus to champion: fit, measure, log, rank, register, gate, export."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import mlflow

from training.candidates import Candidate, Plan
from training.corpus import Corpus, read_corpus
from training.fit import train_candidates
from training.gate import Decision
from training.measured import Measured, chosen, measure_candidate, ranked
from training.progress import Progress
from training.runs import Setting, log_candidate, tags
from training.settings import Settings
from training.smoke import as_records, read_articles, smoke_test
from training.succession import enthrone
from training.summary import log_summary
from training.tracking import connect, watch_system
from training.trial import Contender, stand_trial


@dataclass(frozen=True)
class Training:
    """What came of a training: candidates best first, the winner's version, and the gate's decision."""

    ranking: list[Measured]
    version: str
    decision: Decision
    run_id: str


def train(
    settings: Settings,
    plan: Plan,
    candidates: Sequence[Candidate],
    progress: Progress,
    *,
    seed: int = 0,
    jobs: int = -1,
    seeds_block: bool = False,
) -> Training:
    """Train the candidates, register the best, and let the gate decide whether it becomes champion.

    Raises:
        CorpusError: the corpus breaks its schema; nothing is logged then.
        CandidateError: a candidate cannot be built.
    """
    articles = read_articles(settings.articles)
    corpus = Corpus((*read_corpus(settings.corpus).records, *as_records(articles)))
    setting = Setting(plan, corpus.split("train"), corpus.split("test"), corpus.digest, seed)
    client = connect(settings)
    with _parent_run(setting, candidates) as run_id:
        with progress.stage("Fitting", len(candidates)) as step:
            trained = train_candidates(candidates, plan, setting.train, seed=seed, jobs=jobs, on_done=step)
        contenders: list[Contender] = []
        with progress.stage("Measuring and logging", len(candidates)) as step:
            for one in trained:
                measured = measure_candidate(one, setting.train, setting.test, seed)
                smoke = smoke_test(measured.model, articles)
                contenders.append(Contender(measured, log_candidate(measured, setting, smoke), smoke))
                step(one.candidate.name)
        ranking = ranked([found.measured for found in contenders])
        first = chosen(ranking)
        best = next(found for found in contenders if found.measured is first)
        version, decision = stand_trial(client, best, setting, articles, seeds_block=seeds_block)
        log_summary(ranking, best, version, decision)
    if decision.promoted:
        with progress.stage("Exporting", 1) as step:
            enthrone(client, version, settings.models)
            step(best.measured.candidate.name)
    return Training(ranking, version, decision, run_id)


@contextmanager
def _parent_run(setting: Setting, candidates: Sequence[Candidate]) -> Iterator[str]:
    names = ", ".join(candidate.name for candidate in candidates)
    watch_system()
    title = f"train {len(candidates)} candidates"
    with mlflow.start_run(run_name=title, tags=tags(setting), log_system_metrics=True) as run:
        mlflow.log_params({"candidates": names, "seed": setting.seed, "folds": setting.plan.folds})
        mlflow.log_params({"train_texts": len(setting.train), "test_texts": len(setting.test)})
        yield str(run.info.run_id)
