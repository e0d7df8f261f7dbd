"""The stance of one text, or of many."""

from typing import Any

from fastapi import APIRouter, Response
from pydantic_core import to_json

from service.answers import fields, model_name
from service.batching import Outcome
from service.examples import SCORING
from service.limits import check_sizes
from service.middleware.load import Reservation
from service.parts import Allowed, Parts, Reserved, ServiceParts
from service.schemas import BatchAnswer, BatchRequest, StanceAnswer, StanceRequest

router = APIRouter(prefix="/v1", tags=["stance"])


@router.post("/stance", responses=SCORING, response_model=StanceAnswer)
async def stance(body: StanceRequest, parts: ServiceParts) -> Response:
    """Decide the stance of one text toward the claim "China aids Russia"."""
    check_sizes([body.text], parts.settings)
    outcome = await _score(parts, [body.text], explain=body.explain)
    return _as_json(fields(outcome.scored[0]) | {"model": model_name(outcome.served)})


@router.post("/stance/batch", responses=SCORING, response_model=BatchAnswer)
async def stance_batch(body: BatchRequest, parts: ServiceParts, reserved: Reserved, allowed: Allowed) -> Response:
    """Decide the stance of several texts; results come in the order of the texts."""
    check_sizes(body.texts, parts.settings)
    reserved.extend_to(len(body.texts))
    if allowed is not None:
        allowed.extend_to(len(body.texts))
    outcome = await _score(parts, body.texts, explain=body.explain)
    results = [fields(scored) for scored in outcome.scored]
    return _as_json({"results": results, "model": model_name(outcome.served)})


def _as_json(answer: dict[str, Any]) -> Response:
    return Response(to_json(answer), media_type="application/json")


async def _score(parts: Parts, texts: list[str], *, explain: bool) -> Outcome:
    outcome = await (_explain(parts, texts) if explain else parts.batcher.submit(texts, explain=False))
    parts.traffic.note(texts, outcome, outcome.served.words)
    for text, scored in zip(texts, outcome.scored, strict=True):
        parts.metrics.characters.observe(len(text))
        parts.words.look_at(text, outcome.served.words)
        parts.metrics.stances(scored.answer.stance).inc()
        if not scored.answer.on_topic:
            parts.metrics.off_topic.inc()
    return outcome


async def _explain(parts: Parts, texts: list[str]) -> Outcome:
    reservation = Reservation(parts.explained)
    reservation.extend_to(len(texts))
    try:
        return await parts.batcher.submit(texts, explain=True)
    finally:
        reservation.release()
