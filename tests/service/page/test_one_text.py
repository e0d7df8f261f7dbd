"""One text, as a reader sees it answered."""

import json

import pytest
from playwright.sync_api import Page, Route, expect

from tests.service.page.conftest import Drop

TEXT = "China denied arming Russia, Wang Wenbin said. \U0001f43c <b>Officials</b> in Moscow held talks."
NOT_READY = json.dumps({"error": "no model is ready: still loading", "error_type": "not_ready"})

pytestmark = pytest.mark.browser


def ask(page: Page, text: str = TEXT) -> None:
    page.get_by_label("English text").fill(text)
    page.get_by_role("button", name="Find the stance").click()


def test_a_pasted_text_is_answered(page: Page) -> None:
    ask(page)
    expect(page.locator("#stance")).to_have_text("deny")
    expect(page.locator("#bars dd.number")).to_have_count(3)
    expect(page.locator("#reading")).to_have_text(TEXT)
    expect(page.locator("#reading mark").first).to_have_text("China denied arming Russia, Wang Wenbin said.")
    expect(page.locator("#reading mark .cue").get_by_text("denied")).to_be_visible()
    widths = page.eval_on_selector_all("#bars .fill", "all => all.map(fill => fill.getBoundingClientRect().width)")
    assert all(width > 0 for width in widths)
    expect(page.get_by_role("status").first).to_contain_text("Answered: deny")


def test_names_of_actors_are_no_cues(page: Page) -> None:
    ask(page)
    expect(page.locator("#reading mark .cue").first).to_be_visible()
    assert not {"China", "Russia", "Moscow", "Officials"} & set(page.locator(".cue").all_text_contents())


def test_pointing_at_a_sentence_shows_who_says_it_and_its_cues(page: Page) -> None:
    ask(page)
    page.locator("#reading mark").nth(1).hover()
    expect(page.locator("#note")).to_contain_text("No speaker named")
    page.locator("#reading mark").nth(0).hover()
    expect(page.locator("#note")).to_contain_text("Said by Wang Wenbin")
    expect(page.locator("#note .cues")).to_contain_text("denied denial")


def test_the_keyboard_goes_from_sentence_to_sentence(page: Page) -> None:
    ask(page)
    page.locator("#reading mark[tabindex='0']").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#reading mark").nth(1)).to_be_focused()
    expect(page.locator("#note")).to_contain_text("No speaker named")


def test_the_text_says_who_holds_what(page: Page) -> None:
    ask(page)
    expect(page.locator("#speakers li")).to_have_text(["deny Wang Wenbin"])


def test_an_error_of_the_service_is_shown_with_its_limit(page: Page) -> None:
    page.get_by_label("English text").fill("China " * 400)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("text 0 has 2400 characters, the limit is 2000")
    expect(page.locator("#answer")).to_be_hidden()


def test_a_loading_service_is_asked_again(page: Page) -> None:
    refusals = iter([NOT_READY, NOT_READY])

    def refuse_twice(route: Route) -> None:
        body = next(refusals, None)
        if body is None:
            route.fallback()
        else:
            route.fulfill(status=503, body=body, headers={"Retry-After": "0"}, content_type="application/json")

    page.route("**/v1/stance", refuse_twice)
    ask(page)
    expect(page.locator("#stance")).to_have_text("deny")
    assert next(refusals, None) is None


def test_a_waiting_page_says_why(page: Page) -> None:
    page.route("**/v1/stance", lambda route: route.fulfill(status=503, body=NOT_READY, headers={"Retry-After": "30"}))
    ask(page)
    expect(page.locator("#status")).to_contain_text("no model is ready: still loading. Trying again in 30 seconds")


def test_a_dropped_text_goes_into_the_field(page: Page, drop: Drop) -> None:
    drop("note.txt", TEXT)
    expect(page.get_by_label("English text")).to_have_value(TEXT)


def test_the_example_works_without_typing(page: Page) -> None:
    page.get_by_role("button", name="Try an example").click()
    expect(page.locator("#sentences tr")).not_to_have_count(0)


def test_a_link_carries_the_text_and_no_server_sees_it(page: Page) -> None:
    ask(page)
    page.get_by_role("button", name="Copy a link").click()
    expect(page.locator("#status")).to_contain_text("ink")
    page.wait_for_function("location.hash")
    link = page.url
    seen: list[str] = []  # by the service
    page.goto("about:blank")
    page.on("request", lambda request: seen.append(f"{request.url.partition('#')[0]} {request.headers}"))
    page.goto(link)
    expect(page.get_by_label("English text")).to_have_value(TEXT)
    expect(page.locator("#stance")).to_have_text("deny")
    assert any("v1/stance" in request for request in seen)
    assert not any("Wang" in request for request in seen)


def test_another_text_leaves_the_link(page: Page, address: str) -> None:
    page.goto(f"{address}/#text=China%20denied%20it.")
    expect(page.locator("#reading")).to_have_text("China denied it.")
    ask(page)
    expect(page).to_have_url(f"{address}/")


def test_one_click_is_kept_as_feedback(page: Page) -> None:
    ask(page)
    with page.expect_request("**/v1/feedback") as sent:
        page.get_by_role("button", name="It is neutral").click()
    assert sent.value.post_data_json == {"text": TEXT, "stance": "neutral"}
    expect(page.locator("#feedback-state")).to_contain_text("kept as “neutral”")
    expect(page.get_by_role("button", name="It supports")).to_be_disabled()
