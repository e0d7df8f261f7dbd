"""The application: parts put together, layers around them, routes on top."""

from functools import partial

from fastapi import FastAPI, Security
from fastapi.security import HTTPBearer
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from service import handlers
from service.batching import Batcher
from service.drift import WordsSeen
from service.feedback.database import Database
from service.keys import KeyRing
from service.last_good import LastGood
from service.lifecycle import lifespan
from service.metrics import Metrics, shared_directory
from service.middleware.body import LimitBody
from service.middleware.deadline import Deadline
from service.middleware.direct import Direct
from service.middleware.headers import SecurityHeaders
from service.middleware.keys import RequireKey
from service.middleware.load import Load, ShedLoad
from service.middleware.observe import Observe
from service.middleware.rate import LimitRate
from service.middleware.trace import Trace
from service.models import Models
from service.parts import Parts
from service.rates import Rates
from service.routes import admin, feedback, health, model, page, stance
from service.settings import Settings
from service.tracing import make_tracer
from service.traffic import Traffic

DESCRIPTION = 'Stance of English text toward the claim "China aids Russia", with the sentences that carry it.'
ADMIN_PATHS = frozenset({"/v1/admin/reload", "/v1/admin/rollback"})
API_PATHS = frozenset({"/v1/feedback", "/v1/model", "/v1/stance", "/v1/stance/batch"})
PATHS = ADMIN_PATHS | API_PATHS | {"/", "/docs", "/livez", "/metrics", "/readyz"}


def create_app(settings: Settings) -> FastAPI:
    """The application for some settings. Nothing is read or started before its lifespan begins."""
    parts = _assemble(settings)
    ring = KeyRing(settings.api_keys, settings.api_keys_file)
    admins = KeyRing(settings.admin_keys, settings.admin_keys_file)
    app = FastAPI(
        title="Stance",
        version="1",
        description=DESCRIPTION,
        docs_url=None,  # FastAPI's own pages load scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
        middleware=_layers(parts, ring, admins),
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
    app.include_router(feedback.router, dependencies=locks)
    app.include_router(model.router, dependencies=locks)
    if admins.required:
        lock = HTTPBearer(auto_error=False, scheme_name="Admin", description="an admin key")
        app.include_router(admin.router, dependencies=[Security(lock)])
    app.include_router(health.router)
    app.include_router(page.router)
    page.mount_files(app)
    return app


def _assemble(settings: Settings) -> Parts:
    metrics = Metrics()
    models = Models(settings.bundle, metrics, _last_good(settings), allow_joblib=settings.allow_joblib)
    batcher = Batcher(models, metrics, max_texts=settings.max_batch_texts, inline_characters=settings.inline_characters)
    explained = Load(
        settings.max_pending_explained,
        settings.retry_after_seconds,
        metrics.shed,
        metrics.pending_explained,
        "texts with evidence",
    )
    url = settings.feedback_url.get_secret_value()
    database = Database(url) if url else None
    return Parts(settings, metrics, models, batcher, WordsSeen(metrics), explained, database, Traffic(database))


def _last_good(settings: Settings) -> LastGood:
    shared = shared_directory()
    return LastGood(settings.last_good_file or (None if shared is None else shared / "last-good"))


def _layers(parts: Parts, ring: KeyRing, admins: KeyRing) -> list[Middleware]:
    settings, metrics = parts.settings, parts.metrics
    load = Load(settings.max_pending_texts, settings.retry_after_seconds, metrics.shed, metrics.pending)
    cors = Middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type"],
    )
    return [
        Middleware(Observe, metrics=metrics, paths=PATHS),
        *([_trace(settings)] if settings.otlp_endpoint else []),
        Middleware(SecurityHeaders),
        *([cors] if settings.cors_origins else []),
        Middleware(RequireKey, ring=ring, admin=admins),
        *([_rate_limit(parts)] if settings.rate_per_second else []),
        Middleware(ShedLoad, load=load),
        Middleware(Deadline, seconds=settings.deadline_seconds, metrics=metrics),
        Middleware(LimitBody, max_bytes=settings.max_body_bytes),
        Middleware(Direct, answer=partial(stance.stance, parts=parts)),
    ]


def _trace(settings: Settings) -> Middleware:
    return Middleware(Trace, tracer=make_tracer(settings.otlp_endpoint), paths=PATHS)


def _rate_limit(parts: Parts) -> Middleware:
    settings, shared = parts.settings, shared_directory()
    place = None if shared is None else shared / "rates"
    rates = Rates(settings.rate_per_second, settings.rate_burst, place)
    return Middleware(LimitRate, rates=rates, metrics=parts.metrics)
