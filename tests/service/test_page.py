"""The page, as a reader sees it: in headless Chromium, under its own content-security policy."""

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import ConsoleMessage, Page, expect, sync_playwright

from service.app import create_app
from service.settings import Settings

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TEXT = "China denied arming Russia, Wang Wenbin said. \U0001f43c <b>Officials</b> in Moscow held talks."

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here; set CHROMIUM to its path"),
]


class Background(uvicorn.Server):
    """A server in a thread of this process."""

    def __init__(self, app: FastAPI) -> None:
        super().__init__(uvicorn.Config(app, port=0, log_config=None, access_log=False))
        self.up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Tell when the port is open."""
        await super().startup(sockets)
        self.up.set()


@pytest.fixture(scope="module")
def address(pristine: Path) -> Iterator[str]:
    app = create_app(Settings(bundle=pristine, max_text_characters=2_000))
    app.state.parts.models.refresh()
    server = Background(app)
    thread = threading.Thread(target=server.run)
    thread.start()
    assert server.up.wait(30)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser_page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser.new_page()
        browser.close()


@pytest.fixture
def page(browser_page: Page, address: str) -> Iterator[Page]:
    """The page, freshly opened; fails if its console complained or it asked anyone else for anything."""
    complaints: list[str] = []
    asked: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            complaints.append(message.text)

    browser_page.on("console", on_console)
    browser_page.on("request", lambda request: asked.append(request.url))
    browser_page.goto(address)
    yield browser_page
    assert complaints == []
    assert all(url.startswith(address) for url in asked)
    browser_page.remove_listener("console", on_console)


def test_a_pasted_text_is_answered(page: Page) -> None:
    page.get_by_label("English text").fill(TEXT)
    page.get_by_role("button", name="Find the stance").click()
    expect(page.locator("#stance")).to_have_text("deny")
    expect(page.locator("#bars dd.number")).to_have_count(3)
    expect(page.locator("#reading")).to_have_text(TEXT)
    expect(page.locator("#reading mark").first).to_have_text("China denied arming Russia, Wang Wenbin said.")
    expect(page.locator("#reading mark .cue").get_by_text("denied")).to_be_visible()
    widths = page.eval_on_selector_all(".fill", "all => all.map(fill => fill.getBoundingClientRect().width)")
    assert all(width > 0 for width in widths)


def test_an_error_of_the_service_is_shown(page: Page) -> None:
    page.get_by_label("English text").fill("China " * 400)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("text 0 has 2400 characters, the limit is 2000")
    expect(page.locator("#answer")).to_be_hidden()


def test_the_example_works_without_typing(page: Page) -> None:
    page.get_by_role("button", name="Try an example").click()
    expect(page.locator("#sentences tr")).not_to_have_count(0)


def test_every_field_has_a_name_and_a_dark_scheme(page: Page) -> None:
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.emulate_media(color_scheme="light")
    unnamed = page.eval_on_selector_all("textarea, input", "all => all.filter(field => !field.labels.length).length")
    assert unnamed == 0


def test_the_api_page_shows_every_operation(page: Page, address: str) -> None:
    page.goto(f"{address}/docs")
    expect(page.locator("h2 code")).to_have_text(
        [
            "POST /v1/stance",
            "POST /v1/stance/batch",
            "POST /v1/feedback",
            "GET /v1/model",
            "GET /livez",
            "GET /readyz",
            "GET /metrics",
        ]
    )
    expect(page.locator("summary").get_by_text("429").first).to_be_visible()
