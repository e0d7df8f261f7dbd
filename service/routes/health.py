"""For orchestrators and Prometheus."""

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST

from service.errors import NotReadyError
from service.examples import documented
from service.parts import ServiceParts
from service.schemas import Health

router = APIRouter(tags=["health"])


@router.get("/livez")
async def livez() -> Health:
    """Alive: the process answers. Restart it if this fails."""
    return Health(status="alive")


@router.get("/readyz", responses=documented(NotReadyError))
async def readyz(parts: ServiceParts) -> Health:
    """Ready: a model is verified, warmed up and proven on its golden texts, and no shutdown is under way."""
    if parts.stopping:
        raise NotReadyError("shutting down")
    parts.models.require()
    return Health(status="ready")


@router.get("/metrics", response_class=Response, responses={200: {"content": {CONTENT_TYPE_LATEST: {}}}})
async def metrics(parts: ServiceParts) -> Response:
    """Metrics of all workers in Prometheus' text format."""
    return Response(parts.metrics.exposition(), media_type=CONTENT_TYPE_LATEST)
