"""The documentation site builds without a warning, needs nothing from elsewhere, tells of every call and command."""

import html
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import typer.main

import service.cli.app
import training.cli
from service.app import create_app
from service.settings import Settings
from tests.site.pages import broken_links, foreign_assets, read_site

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"<code>([^<]+)</code>")
PARTS = ("mkdocs", "material", "mkdocstrings")
MISSING = [name for name in PARTS if find_spec(name) is None]


def build(site: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(site)]
    quiet = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=quiet, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def code_in(page: Path) -> set[str]:
    return {html.unescape(found) for found in CODE.findall(page.read_text(encoding="utf-8"))}


def calls() -> set[str]:
    settings = Settings.model_validate({"api_keys": ["one"], "admin_keys": ["two"], "feedback_url": ""})
    paths = create_app(settings).openapi()["paths"]
    return {f"{method.upper()} {path}" for path, operations in paths.items() for method in operations}


def commands() -> set[str]:
    programs = {"stance": service.cli.app.app, "python -m training": training.cli.app}
    return {
        f"{program} {name}"
        for program, application in programs.items()
        for name in getattr(typer.main.get_command(application), "commands", ())
    }


@pytest.mark.slow
@pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}; the extra `docs` has it")
def test_the_site_is_whole_and_needs_nothing_else(tmp_path: Path) -> None:
    """One test, since a build is what takes the time."""
    build(tmp_path)
    pages = read_site(tmp_path)
    assert len(pages) > 30
    assert not list(foreign_assets(tmp_path, pages))
    assert not list(broken_links(tmp_path, pages))
    assert "POST /v1/admin/rollback" in calls()
    assert calls() <= code_in(tmp_path / "reference/http.html")
    assert commands() <= code_in(tmp_path / "reference/commands.html")
    assert {f"STANCE_{name.upper()}" for name in Settings.model_fields} <= code_in(tmp_path / "reference/settings.html")


def test_what_a_page_refers_to_is_found(tmp_path: Path) -> None:
    """The checks above can fail."""
    (tmp_path / "index.html").write_text(
        '<script src="//cdn.example/x.js"></script><a href="gone.html">.</a><a href="#none">.</a><p class="mermaid">',
        encoding="utf-8",
    )
    (tmp_path / "a.css").write_text("@import 'https://fonts.example/f.css'; b {background: url(c.png)}", "utf-8")
    pages = read_site(tmp_path)
    assert list(foreign_assets(tmp_path, pages)) == [
        "index.html: //cdn.example/x.js",
        "index.html: a diagram",
        "a.css: https://fonts.example/f.css",
    ]
    assert list(broken_links(tmp_path, pages)) == ["index.html: gone.html", "index.html: #none has no such anchor"]
