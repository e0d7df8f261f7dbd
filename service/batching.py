"""Scores whatever is waiting together. No wait window: a lone text is scored at once.

Requests that want evidence cost many times more; they have a queue and a thread of their own, one at a time, so
that the others never wait behind them.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from features.answer import Answer
from features.evidence import SentenceEvidence
from service.metrics import Metrics
from service.models import Models
from service.served import ServedModel


@dataclass(frozen=True, slots=True)
class Scored:
    """The answer for one text, with evidence if it was asked for."""

    answer: Answer
    evidence: list[SentenceEvidence] | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answers to one request and the model that gave them all."""

    served: ServedModel
    scored: list[Scored]


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """The texts of one request, waiting. A cancelled future (deadline, client gone) drops it unscored."""

    texts: list[str]
    explain: bool
    outcome: asyncio.Future[Outcome]


class Batcher:
    """Two consumers, for plain requests and for those with evidence; each scores a batch with one model."""

    def __init__(self, models: Models, metrics: Metrics, *, max_texts: int, inline_characters: int) -> None:
        self._models = models
        self._metrics = metrics
        self._max_texts = max_texts
        self._inline_characters = inline_characters
        self._plain: asyncio.Queue[Job] = asyncio.Queue()
        self._explained: asyncio.Queue[Job] = asyncio.Queue()

    @property
    def waiting(self) -> int:
        """Requests queued and not yet being scored."""
        return self._plain.qsize() + self._explained.qsize()

    async def submit(self, texts: list[str], *, explain: bool) -> Outcome:
        """Queue the texts of a request and wait for their answers.

        Raises:
            NotReadyError: no model is loaded.
        """
        self._models.require()
        job = Job(texts, explain, asyncio.get_running_loop().create_future())
        (self._explained if explain else self._plain).put_nowait(job)
        return await job.outcome

    async def run(self) -> None:
        """Serve both queues until cancelled."""
        self._plain, self._explained = asyncio.Queue(), asyncio.Queue()  # they belong to one event loop
        async with asyncio.TaskGroup() as lanes:
            lanes.create_task(self._serve(self._plain, self._max_texts))
            lanes.create_task(self._serve(self._explained, max_texts=1))

    async def _serve(self, waiting: asyncio.Queue[Job], max_texts: int) -> None:
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="score") as thread:
            while True:
                batch = await _next_batch(waiting, max_texts)
                self._metrics.queued.set(self.waiting)
                await self._answer(batch, thread)
                await asyncio.sleep(0)  # deadlines and health checks get their turn between batches

    async def _answer(self, batch: list[Job], thread: ThreadPoolExecutor) -> None:
        if not batch:
            return
        self._metrics.batches.observe(sum(len(job.texts) for job in batch))
        try:
            outcomes = await self._score(batch, thread)
        except Exception as error:  # noqa: BLE001 - one text may break the model in any way; the others must go on
            if len(batch) == 1:
                _settle(batch[0], error)
            else:
                for job in batch:
                    await self._answer([job], thread)
            return
        for job, outcome in zip(batch, outcomes, strict=True):
            _settle(job, outcome)

    async def _score(self, batch: list[Job], thread: ThreadPoolExecutor) -> list[Outcome]:
        served = self._models.require()
        characters = sum(len(text) for job in batch for text in job.texts)
        if characters <= self._inline_characters and not any(job.explain for job in batch):
            return score_batch(served, batch)
        return await asyncio.get_running_loop().run_in_executor(thread, score_batch, served, batch)


async def _next_batch(waiting: asyncio.Queue[Job], max_texts: int) -> list[Job]:
    batch = [await waiting.get()]
    texts = len(batch[0].texts)
    while texts < max_texts and not waiting.empty():
        batch.append(waiting.get_nowait())
        texts += len(batch[-1].texts)
    return [job for job in batch if not job.outcome.done()]


def score_batch(served: ServedModel, batch: list[Job]) -> list[Outcome]:
    """Score the texts of all jobs in one call and hand each job its own."""
    answers = iter(served.score([text for job in batch for text in job.texts]))
    return [
        Outcome(
            served,
            [Scored(next(answers), served.explain(text) if _wanted(job) else None) for text in job.texts],
        )
        for job in batch
    ]


def _wanted(job: Job) -> bool:
    return job.explain and not job.outcome.done()  # past its deadline, nobody waits for the rest


def _settle(job: Job, outcome: Outcome | Exception) -> None:
    if job.outcome.done():
        return
    if isinstance(outcome, Exception):
        job.outcome.set_exception(outcome)
    else:
        job.outcome.set_result(outcome)
