"""The web page and the API page: files of this package and nothing from elsewhere."""

from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse
from starlette.staticfiles import StaticFiles

FOLDER = Path(__file__).parent.parent / "page"
router = APIRouter(include_in_schema=False)


def mount_files(app: FastAPI) -> None:
    """Serve the scripts and styles of the pages under ``/page``."""
    app.mount("/page", StaticFiles(directory=FOLDER), name="page")


@router.get("/")
async def page() -> FileResponse:
    """Paste a text, see its stance."""
    return FileResponse(FOLDER / "index.html", headers={"Cache-Control": "no-cache"})


@router.get("/docs")
async def docs() -> FileResponse:
    """The OpenAPI document, readable."""
    return FileResponse(FOLDER / "docs.html", headers={"Cache-Control": "no-cache"})
