"""The stance of one text, or of many."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from service.answers import fields, model_name
from service.batching import Outcome
from service.examples import SCORING
from service.limits import check_sizes
from service.middleware.load import Reservation
from service.parts import Allowed, Parts, Reserved, parts_of
from service.schemas import BatchAnswer, BatchRequest, StanceAnswer, StanceRequest, StanceResult

router = APIRouter(prefix="/v1", tags=["stance"])


@router.post("/stance", responses=SCORING, response_model=StanceAnswer)
async def stance(body: StanceRequest, request: Request) -> Response:
    """Decide the stance of one text toward the claim "China aids Russia"."""
    parts = parts_of(request)
    check_sizes([body.text], parts.settings)
    outcome = await _score(parts, [body.text], explain=body.explain)
    return _as_json(StanceAnswer(**fields(outcome.scored[0]), model=model_name(outcome.served)))


@router.post("/stance/batch", responses=SCORING, response_model=BatchAnswer)
async def stance_batch(body: BatchRequest, request: Request, reserved: Reserved, allowed: Allowed) -> Response:
    """Decide the stance of several texts; results come in the order of the texts."""
    parts = parts_of(request)
    check_sizes(body.texts, parts.settings)
    reserved.extend_to(len(body.texts))
    if allowed is not None:
        allowed.extend_to(len(body.texts))
    outcome = await _score(parts, body.texts, explain=body.explain)
    results = [StanceResult(**fields(scored)) for scored in outcome.scored]
    return _as_json(BatchAnswer(results=results, model=model_name(outcome.served)))


def _as_json(answer: BaseModel) -> Response:
    """Write an answer, checked when it was made; the framework would check it once more."""
    return Response(answer.model_dump_json(exclude_unset=True), media_type="application/json")


async def _score(parts: Parts, texts: list[str], *, explain: bool) -> Outcome:
    explained = Reservation(parts.explained)
    explained.extend_to(len(texts) if explain else 0)
    try:
        outcome = await parts.batcher.submit(texts, explain=explain)
    finally:
        explained.release()
    parts.traffic.note(texts, outcome, outcome.served.words)
    for text, scored in zip(texts, outcome.scored, strict=True):
        parts.metrics.characters.observe(len(text))
        parts.words.look_at(text, outcome.served.words)
        parts.metrics.stances.labels(scored.answer.stance).inc()
        if not scored.answer.on_topic:
            parts.metrics.off_topic.inc()
    return outcome
