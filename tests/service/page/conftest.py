"""The page in headless Chromium, under its own content-security policy."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from service.app import create_app
from service.settings import Settings
from tests.browser import ARGUMENTS, CHROMIUM, shown

Drop = Callable[[str, str], None]
DROPPING = """([name, content]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([content], name));
  for (const type of ["dragover", "drop"]) {
    document.body.dispatchEvent(new DragEvent(type, {dataTransfer: transfer, bubbles: true, cancelable: true}));
  }
}"""


@pytest.fixture(scope="package")  # its event loop must be gone before other tests run one of their own
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium here; set CHROMIUM to its path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(pristine: Path) -> Iterator[str]:
    with shown(app(pristine)) as address:
        yield address


@pytest.fixture(scope="session")
def address_without_feedback(pristine: Path) -> Iterator[str]:
    with shown(app(pristine, feedback_url="")) as address:
        yield address


def app(bundle: Path, **settings: str) -> FastAPI:
    """An application with small limits, so that a test can reach them."""
    return create_app(
        Settings.model_validate({"bundle": bundle, "max_text_characters": 2_000, "max_batch_texts": 4} | settings)
    )


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page, freshly opened; fails if its console complained or it asked anyone else for anything."""
    complaints: list[str] = []
    asked: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and "the server responded with a status of" not in message.text:
            complaints.append(message.text)

    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    yield page
    context.close()
    assert complaints == []
    assert all(url.startswith((address, f"blob:{address}")) for url in asked)


@pytest.fixture
def drop(page: Page) -> Drop:
    """Drops a file, given its name and content, on the page."""
    return lambda name, content: page.evaluate(DROPPING, [name, content])
