"""The application: parts put together, layers around them, routes on top."""

from fastapi import FastAPI, Security
from fastapi.security import HTTPBearer
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from service import handlers
from service.batching import Batcher
from service.keys import KeyRing
from service.lifecycle import lifespan
from service.metrics import Metrics
from service.middleware.body import LimitBody
from service.middleware.deadline import Deadline
from service.middleware.headers import SecurityHeaders
from service.middleware.keys import RequireKey
from service.middleware.load import Load, ShedLoad
from service.middleware.observe import Observe
from service.models import Models
from service.parts import Parts
from service.routes import health, model, page, stance
from service.settings import Settings

DESCRIPTION = 'Stance of English text toward the claim "China aids Russia", with the sentences that carry it.'
PATHS = frozenset({"/", "/docs", "/livez", "/metrics", "/readyz", "/v1/model", "/v1/stance", "/v1/stance/batch"})


def create_app(settings: Settings) -> FastAPI:
    """The application for some settings. Nothing is read or started before its lifespan begins."""
    parts = _assemble(settings)
    ring = KeyRing(settings.api_keys, settings.api_keys_file)
    app = FastAPI(
        title="Stance",
        version="1",
        description=DESCRIPTION,
        docs_url=None,  # FastAPI's own pages load scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
        middleware=_layers(parts, ring),
        telemetry={
            "tracing": False,
            "metrics": False,
            "logs": False,
            "operation_spans": False,
        },  # it records bodies
    )
    app.state.parts = parts
    handlers.install(app)
    locks = [Security(HTTPBearer(auto_error=False, description="an API key"))] if ring.required else []
    app.include_router(stance.router, dependencies=locks)
    app.include_router(model.router, dependencies=locks)
    app.include_router(health.router)
    app.include_router(page.router)
    page.mount_files(app)
    return app


def _assemble(settings: Settings) -> Parts:
    metrics = Metrics()
    models = Models(settings.bundle, metrics, allow_joblib=settings.allow_joblib)
    batcher = Batcher(models, metrics, max_texts=settings.max_batch_texts, inline_characters=settings.inline_characters)
    return Parts(settings, metrics, models, batcher)


def _layers(parts: Parts, ring: KeyRing) -> list[Middleware]:
    settings, metrics = parts.settings, parts.metrics
    load = Load(settings.max_pending_texts, settings.retry_after_seconds, metrics)
    cors = Middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type"],
    )
    return [
        Middleware(Observe, metrics=metrics, paths=PATHS),
        Middleware(SecurityHeaders),
        *([cors] if settings.cors_origins else []),
        Middleware(RequireKey, ring=ring),
        Middleware(ShedLoad, load=load),
        Middleware(Deadline, seconds=settings.deadline_seconds, metrics=metrics),
        Middleware(LimitBody, max_bytes=settings.max_body_bytes),
    ]
