"""What readers say of an answer, kept for the next training."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request

from service.errors import FeedbackUnavailableError
from service.examples import FEEDBACK
from service.feedback.keeping import Said, keep
from service.limits import check_sizes
from service.middleware.keys import HOLDER
from service.parts import ServiceParts
from service.schemas import FeedbackRequest, Kept

KEY_ID_LENGTH = 16
router = APIRouter(prefix="/v1", tags=["feedback"])


async def _key_id(request: Request) -> str | None:
    """Eight bytes of the key's digest, in hexadecimal: they tell keys apart, and nothing of the key."""
    holder: bytes | None = request.scope.get("state", {}).get(HOLDER)
    return holder.hex()[:KEY_ID_LENGTH] if holder else None


@router.post("/feedback", status_code=HTTPStatus.ACCEPTED, responses=FEEDBACK)
async def feedback(body: FeedbackRequest, parts: ServiceParts, key_id: Annotated[str | None, Depends(_key_id)]) -> Kept:
    """Say what stance a text has. It is kept, with the model's answer, until somebody reviews it."""
    if parts.database is None:
        raise FeedbackUnavailableError("feedback is switched off: STANCE_FEEDBACK_URL is empty")
    check_sizes([body.text], parts.settings)
    outcome = await parts.batcher.submit([body.text], explain=False)
    said = Said(
        text=body.text,
        stance=body.stance,
        comment=body.comment,
        key_id=key_id,
        answer=outcome.scored[0].answer,
        version=outcome.served.manifest.version,
    )
    limit = parts.settings.feedback_max_texts
    await parts.database.run(lambda connection: keep(connection, said, limit))
    return Kept(status="kept")
