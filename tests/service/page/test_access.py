"""Everybody can use the page: axe finds nothing, in light and dark; small screens; the keyboard."""

from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.service.page.conftest import Drop
from tests.service.page.test_many_texts import TABLE
from tests.service.page.test_one_text import ask

Scheme = Literal["light", "dark"]
LONG = " ".join(["China denied arming Russia, Wang Wenbin said. Beijing sends Moscow chips for its missiles."] * 5)

pytestmark = pytest.mark.browser


def empty(page: Page) -> None:
    expect(page.locator("#answer")).to_be_hidden()


def explained(page: Page) -> None:
    ask(page, LONG)
    page.locator("#reading mark").first.hover()
    page.get_by_text("All sentences as a table").click()
    page.get_by_text("Model card").click()
    page.get_by_role("button", name="It denies").click()
    expect(page.locator("#feedback-state")).to_contain_text("Thank you")


def table(page: Page) -> None:
    page.locator("#file").set_input_files(FilePayload(name="a.csv", mimeType="text/csv", buffer=TABLE.encode()))
    page.get_by_role("button", name="Find the stances").click()
    expect(page.locator("#rows tr")).to_have_count(7)


def refused(page: Page) -> None:
    ask(page, "China " * 400)
    expect(page.get_by_role("alert")).to_be_visible()


VIEWS = [empty, explained, table, refused]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(browser: Browser, address: str, view: Callable[[Page], None], scheme: Scheme) -> None:
    # axe is injected, so this context alone looks away from the content-security policy
    context = browser.new_context(bypass_csp=True, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address)
    view(page)
    violations = Axe().run(page).response["violations"]
    context.close()
    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in violations] == []


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_is_wider_than_the_screen(page: Page, view: Callable[[Page], None], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    view(page)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_first_tab_skips_to_the_text(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text field")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_label("English text")).to_be_focused()


def test_the_whole_way_goes_by_keyboard(page: Page, drop: Drop) -> None:
    drop("a.csv", TABLE)
    expect(page.locator("#opened")).to_be_focused()
    for _ in range(3):  # column, names, and the button
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#rows tr")).to_have_count(7)


def test_the_dark_scheme_is_another(page: Page) -> None:
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


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
