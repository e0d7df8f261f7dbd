"""One training from corpus to champion: fit, measure, log, rank, register, gate, export."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import mlflow

from training.candidates import Candidate, Plan
from training.claim import Claim
from training.fit import train_candidates
from training.gate import Decision
from training.measured import Measured, chosen, measure_candidate, ranked
from training.progress import Progress
from training.registry import open_registry
from training.runs import Setting, log_candidate, tags
from training.settings import Settings
from training.smoke import smoke_test
from training.succession import enthrone
from training.summary import log_summary
from training.tracking import PRIMARY_METRIC, watch_system
from training.trial import Contender, stand_trial


@dataclass(frozen=True)
class Training:
    """What came of a training: candidates best first, the winner with its version, and the gate's decision."""

    ranking: list[Measured]
    winner: str
    version: str
    decision: Decision
    run_id: str

    @property
    def to_promote(self) -> str | None:
        """Whom one may want to promote by hand: a winner kept out, or else the best of the others that compete."""
        if not self.decision.promoted:
            return self.winner
        others = [found.candidate for found in self.ranking if found.candidate.name != self.winner]
        return next((candidate.name for candidate in others if candidate.competes), None)


def train(
    settings: Settings,
    claim: Claim,
    plan: Plan,
    candidates: Sequence[Candidate],
    progress: Progress,
    *,
    seed: int = 0,
    jobs: int = -1,
    seeds_block: bool = False,
) -> Training:
    """Train the candidates for a claim, register the best, and let the gate decide whether it becomes champion.

    Args:
        settings: where the store and the bundles are, and the names of experiment and registered model.
        claim: the texts, and how answers are judged.
        plan: how candidates are cross-validated and finished.
        candidates: of the plan.
        progress: shows how far it is.
        seed: of everything that is drawn.
        jobs: processes; -1 for one a core.
        seeds_block: whether any seed article gone wrong keeps the winner out.

    Raises:
        CandidateError: a candidate cannot be built.
    """
    setting = Setting(settings.model, claim, plan, seed)
    registry = open_registry(settings)
    with _parent_run(setting, candidates) as run_id:
        with progress.stage(f"Fitting {settings.model}", len(candidates)) as step:
            trained = train_candidates(candidates, plan, claim.train, claim.test, seed=seed, jobs=jobs, on_done=step)
        contenders: list[Contender] = []
        with progress.stage("Measuring and logging", len(candidates)) as step:
            for one in trained:
                measured = measure_candidate(one, claim.train, claim.test, claim.metric, seed)
                smoke = smoke_test(measured.model, claim.articles)
                contenders.append(Contender(measured, log_candidate(measured, setting, smoke), smoke))
                step(one.candidate.name)
        ranking = ranked([found.measured for found in contenders], claim.metric)
        first = chosen(ranking, claim.metric)
        best = next(found for found in contenders if found.measured is first)
        version, decision = stand_trial(registry, best, setting, seeds_block=seeds_block)
        log_summary(ranking, best, claim.metric, version, decision)
    if decision.promoted:
        with progress.stage("Exporting", 1) as step:
            enthrone(registry, version, settings.models)
            step(best.measured.candidate.name)
    return Training(ranking, first.candidate.name, version, decision, run_id)


@contextmanager
def _parent_run(setting: Setting, candidates: Sequence[Candidate]) -> Iterator[str]:
    names = ", ".join(candidate.name for candidate in candidates)
    watch_system()
    mlflow.set_experiment_tag(PRIMARY_METRIC, f"cv_{setting.claim.metric.key}")
    title = f"train {len(candidates)} candidates"
    with mlflow.start_run(run_name=title, tags=tags(setting), log_system_metrics=True) as run:
        mlflow.log_params({"candidates": names, "seed": setting.seed, "folds": setting.plan.folds})
        mlflow.log_params({"train_texts": len(setting.claim.train), "test_texts": len(setting.claim.test)})
        for name, content in setting.claim.files.items():
            mlflow.log_text(content, name)
        yield str(run.info.run_id)
