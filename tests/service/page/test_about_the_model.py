"""What the page says of the model and of the service behind it."""

import pytest
from playwright.sync_api import Page, expect

from tests.service.page.test_one_text import ask

pytestmark = pytest.mark.browser


def test_the_model_card_is_shown_as_headings_tables_and_lists_and_never_as_markup(page: Page) -> None:
    ask(page)
    page.get_by_text("Model card").click()
    card = page.locator("#card-text")
    expect(card.get_by_role("heading")).to_have_text(["A tiny model", "Limits"])
    expect(card.get_by_role("row")).to_have_text(["labeltraining", "support4"])
    expect(card.get_by_role("listitem")).to_have_count(2)
    expect(card.locator("li b")).to_have_text("nothing")
    expect(card.locator("li code")).to_have_text("make")
    expect(card.get_by_role("listitem").last).to_have_text(
        "Bold is no <b>markup</b>, nor is <img src=x onerror=alert(1)> an image."
    )
    expect(card.locator("img")).to_have_count(0)


def test_where_feedback_is_off_the_page_says_so_and_has_no_buttons_for_it(
    page: Page, address_without_feedback: str
) -> None:
    page.route("**/v1/model", lambda route: route.continue_(url=f"{address_without_feedback}/v1/model"))
    ask(page)
    expect(page.locator("#feedback-state")).to_contain_text("keeps no feedback at present: feedback is switched off")
    expect(page.get_by_role("button", name="It denies")).to_be_hidden()


def test_feedback_switched_off_meanwhile_is_said_at_the_click(page: Page, address_without_feedback: str) -> None:
    page.route("**/v1/feedback", lambda route: route.continue_(url=f"{address_without_feedback}/v1/feedback"))
    ask(page)
    page.get_by_role("button", name="It denies").click()
    expect(page.locator("#feedback-state")).to_contain_text("keeps no feedback at present: feedback is switched off")
    expect(page.get_by_role("button", name="It denies")).to_be_hidden()


def test_an_answer_is_shown_though_nothing_is_known_of_its_model(page: Page) -> None:
    page.route(
        "**/v1/model", lambda route: route.fulfill(status=404, json={"error": "gone", "error_type": "not_found"})
    )
    ask(page)
    expect(page.locator("#stance")).to_have_text("deny")
    expect(page.get_by_role("button", name="It denies")).to_be_enabled()
    expect(page.get_by_text("Model card")).to_be_hidden()
