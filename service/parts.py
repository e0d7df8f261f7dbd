"""What handlers are given: the parts that the application factory put together."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from service.batching import Batcher
from service.drift import WordsSeen
from service.feedback.database import Database
from service.metrics import Metrics
from service.middleware.load import STATE, Load, Reservation
from service.middleware.rate import ALLOWANCE, Allowance
from service.models import Models
from service.settings import Settings
from service.traffic import Traffic


@dataclass(slots=True)
class Parts:
    """The parts of one running service."""

    settings: Settings
    metrics: Metrics
    models: Models
    batcher: Batcher
    words: WordsSeen
    explained: Load
    database: Database | None
    traffic: Traffic
    stopping: bool = False


async def _parts(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


async def _reservation(request: Request) -> Reservation:
    reservation: Reservation = request.scope["state"][STATE]
    return reservation


async def _allowance(request: Request) -> Allowance | None:
    allowance: Allowance | None = request.scope["state"].get(ALLOWANCE)
    return allowance


ServiceParts = Annotated[Parts, Depends(_parts)]
Reserved = Annotated[Reservation, Depends(_reservation)]
Allowed = Annotated[Allowance | None, Depends(_allowance)]
