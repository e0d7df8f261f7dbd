"""The stance of one text, or of many."""

from fastapi import APIRouter

from service.answers import fields, model_name
from service.batching import Outcome
from service.examples import SCORING
from service.limits import check_sizes
from service.middleware.load import Reservation
from service.parts import Allowed, Parts, Reserved, ServiceParts
from service.schemas import BatchAnswer, BatchRequest, StanceAnswer, StanceRequest, StanceResult

router = APIRouter(prefix="/v1", tags=["stance"])


@router.post("/stance", responses=SCORING, response_model_exclude_unset=True)
async def stance(body: StanceRequest, parts: ServiceParts) -> StanceAnswer:
    """Decide the stance of one text toward the claim "China aids Russia"."""
    check_sizes([body.text], parts.settings)
    outcome = await _score(parts, [body.text], explain=body.explain)
    return StanceAnswer(**fields(outcome.scored[0]), model=model_name(outcome.served))


@router.post("/stance/batch", responses=SCORING, response_model_exclude_unset=True)
async def stance_batch(body: BatchRequest, parts: ServiceParts, reserved: Reserved, allowed: Allowed) -> BatchAnswer:
    """Decide the stance of several texts; results come in the order of the texts."""
    check_sizes(body.texts, parts.settings)
    reserved.extend_to(len(body.texts))
    if allowed is not None:
        allowed.extend_to(len(body.texts))
    outcome = await _score(parts, body.texts, explain=body.explain)
    results = [StanceResult(**fields(scored)) for scored in outcome.scored]
    return BatchAnswer(results=results, model=model_name(outcome.served))


async def _score(parts: Parts, texts: list[str], *, explain: bool) -> Outcome:
    explained = Reservation(parts.explained)
    explained.extend_to(len(texts) if explain else 0)
    try:
        outcome = await parts.batcher.submit(texts, explain=explain)
    finally:
        explained.release()
    parts.traffic.note(texts, outcome, parts.models.words)
    for text, scored in zip(texts, outcome.scored, strict=True):
        parts.metrics.characters.observe(len(text))
        parts.words.look_at(text, parts.models.words)
        parts.metrics.stances.labels(scored.answer.stance).inc()
        if not scored.answer.on_topic:
            parts.metrics.off_topic.inc()
    return outcome
