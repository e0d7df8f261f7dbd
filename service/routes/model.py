"""What is answering, and what it takes."""

from fastapi import APIRouter

from service.examples import READING
from service.parts import ServiceParts
from service.schemas import Limits, ModelInfo

router = APIRouter(prefix="/v1", tags=["model"])


@router.get("/model", responses=READING)
async def model(parts: ServiceParts) -> ModelInfo:
    """The model in use, its measured quality and its card, the limits, and the last bundle refused."""
    served = parts.models.require()
    manifest = served.manifest
    return ModelInfo(
        name=manifest.name,
        claim=manifest.claim,
        version=manifest.version,
        run_id=manifest.run_id,
        candidate=manifest.candidate,
        labels=manifest.labels,
        metrics=manifest.metrics,
        training_date=manifest.training_date,
        corpus_digest=manifest.corpus.digest,
        card=served.card,
        feedback=parts.database is not None,
        limits=Limits.model_validate(parts.settings, from_attributes=True),
        last_refused=parts.models.refusal,
    )
