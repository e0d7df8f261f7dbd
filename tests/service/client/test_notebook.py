"""The example notebook runs from top to bottom against a service, and is kept without output."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from tests.serving import ROOT, Service, serving

NOTEBOOK = ROOT / "docs" / "notebooks" / "quickstart.ipynb"


@pytest.fixture
def service(pristine: Path, tmp_path: Path) -> Iterator[Service]:
    with serving(pristine, tmp_path / "log", feedback_url="") as running:
        yield running


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the notebook's kernel client
def test_it_runs(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANCE_URL", f"http://127.0.0.1:{service.port}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    done = NotebookClient(_read(), timeout=120).execute()
    results = [output for cell in done.cells for output in cell.get("outputs", [])]
    assert any("deny" in str(result.get("data")) for result in results)


def test_it_is_kept_without_output() -> None:
    cells = _read().cells
    assert not any(cell.get("outputs") for cell in cells)


def _read() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
