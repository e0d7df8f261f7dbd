"""For administrators, with a key of their own: look for a bundle now, or go back to the one before."""

import asyncio
from pathlib import Path

from fastapi import APIRouter

from service.bundle import POINTER, BundleRefusedError
from service.errors import ConflictError
from service.examples import ADMIN
from service.parts import Parts, ServiceParts
from service.rollback import point_to, roll_back
from service.schemas import Changed

router = APIRouter(prefix="/v1/admin", tags=["admin"])


@router.post("/reload", responses=ADMIN)
async def reload(parts: ServiceParts) -> Changed:
    """Take up the bundle on disk now, one refused before too. Other workers look every `STANCE_POLL_SECONDS`."""
    return await asyncio.to_thread(_reload, parts)


@router.post("/rollback", responses=ADMIN)
async def rollback(parts: ServiceParts) -> Changed:
    """Move the pointer to the next lower version that is whole and can be taken up, for all workers."""
    return await asyncio.to_thread(_roll_back, parts)


def _reload(parts: Parts) -> Changed:
    before = _version(parts)
    parts.models.refresh(again=True)
    if (refusal := parts.models.refusal) is not None:
        raise ConflictError(f"bundle {refusal.bundle} refused: {refusal.reason}")
    return Changed(before=before, version=parts.models.require().manifest.version)


def _roll_back(parts: Parts) -> Changed:
    root = parts.settings.bundle
    try:
        pointed = _pointer(root)
        roll_back(root)
    except BundleRefusedError as error:
        raise ConflictError(str(error)) from error
    except OSError as error:
        raise ConflictError(f"the pointer {POINTER} cannot be moved: {error.strerror}") from error
    try:
        return _reload(parts)
    except ConflictError:
        point_to(root, pointed)
        raise


def _pointer(root: Path) -> str:
    return (root / POINTER).read_text(encoding="utf-8").strip() if (root / POINTER).is_file() else ""


def _version(parts: Parts) -> str | None:
    return parts.models.served.manifest.version if parts.models.served else None
