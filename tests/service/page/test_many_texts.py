"""Several texts side by side: opened or dropped, answered in parts, sorted, filtered, saved."""

import csv
import io
import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.service.page.conftest import Drop

TABLE = (
    "\ufeffid,headline\r\n"
    '1,"China denied sending ""weapons"", again, to Russia."\r\n'
    '2,"Leaked records show:\r\nBeijing sends Moscow chips for its missiles."\r\n'
    "3,\r\n"
    "4,China and Russia held talks on trade in Beijing.\r\n"
    f"5,{'China ' * 400}\r\n"
    "6,Chinese banks refused Russian payments over sanctions.\r\n"
    "7,Chinese firms supplied Russian arms plants with machine tools.\r\n"
)

pytestmark = pytest.mark.browser


@pytest.fixture
def table(page: Page, drop: Drop) -> Page:
    """The page with the texts of ``TABLE`` answered."""
    drop("headlines.csv", TABLE)
    page.get_by_role("button", name="Find the stances").click()
    expect(page.locator("#rows tr")).to_have_count(7)
    return page


def column(page: Page, label: str) -> list[str]:
    return [text.strip() for text in page.locator(f"#rows td[data-label={label}]").all_text_contents()]


def saved(page: Page, button: str) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return Path(download.value.path()).read_bytes().decode("utf-8-sig")


def test_a_dropped_csv_offers_its_columns(page: Page, drop: Drop) -> None:
    drop("headlines.csv", TABLE)
    column = page.get_by_label("Column with the texts")
    expect(column.locator("option")).to_have_text(["id", "headline"])
    expect(column).to_have_value("headline")
    expect(page.locator("#preview")).to_contain_text('7 texts, the first: “China denied sending "weapons", again')
    column.select_option("id")
    expect(page.locator("#preview")).to_contain_text("the first: “1”")
    page.get_by_label("The first row holds the names").uncheck()
    expect(page.locator("#preview")).to_contain_text("8 texts, the first: “id”")


def test_texts_go_in_parts_that_keep_to_the_limits(page: Page, drop: Drop) -> None:
    sent: list[int] = []

    def on_request(request: Request) -> None:
        if request.url.endswith("/batch"):
            sent.append(len(json.loads(request.post_data or "{}")["texts"]))

    page.on("request", on_request)
    drop("headlines.csv", TABLE)
    page.get_by_role("button", name="Find the stances").click()
    expect(page.locator("#rows tr")).to_have_count(7)
    assert sent == [4, 1]


def test_rows_that_cannot_be_answered_are_named(table: Page) -> None:
    expect(table.locator("#unanswered")).to_have_text(
        "2 texts not answered: row 4 is blank; row 6 has 2400 characters, the limit is 2000."
    )
    expect(table.locator("#status")).to_have_text("5 of 7 texts answered")


def test_the_table_is_sorted_by_mouse_and_keyboard(table: Page) -> None:
    head = table.locator("th[data-by=support]")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    shares = [float(share.split()[0]) for share in column(table, "support")[:5]]
    assert shares == sorted(shares, reverse=True)
    assert column(table, "support")[5:] == ["–", "–"]
    head.get_by_role("button").press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert [float(share.split()[0]) for share in column(table, "support")[:5]] == shares[::-1]
    expect(table.locator("th[aria-sort]")).to_have_count(1)


def test_the_table_is_filtered_by_stance(table: Page) -> None:
    stances = [stance for stance in column(table, "stance") if stance in {"support", "deny", "neutral"}]
    button = table.get_by_role("group", name="Show texts by stance").get_by_role("button", name="deny")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert column(table, "stance") == ["deny"] * stances.count("deny")


def test_the_table_is_saved_as_csv_and_json(table: Page) -> None:
    rows = list(csv.DictReader(io.StringIO(saved(table, "Save as CSV"), newline="")))
    records = json.loads(saved(table, "Save as JSON"))
    assert [row["text"] for row in rows] == [record["text"] for record in records]
    assert rows[0]["text"] == 'China denied sending "weapons", again, to Russia.'
    assert rows[1]["text"] == "Leaked records show:\r\nBeijing sends Moscow chips for its missiles."
    assert (rows[2]["row"], rows[2]["stance"], rows[2]["problem"]) == ("4", "", "is blank")
    assert sum(float(rows[0][stance]) for stance in ("support", "deny", "neutral")) == pytest.approx(1)
    assert records[0]["version"] == "1"


def test_a_row_opens_explained_and_leads_back(table: Page) -> None:
    row = table.locator("#rows button").first
    row.click()
    expect(table.locator("#reading")).to_contain_text('China denied sending "weapons"')
    expect(table.locator("#texts")).to_be_hidden()
    table.get_by_role("button", name="Back to the table").click()
    expect(row).to_be_focused()


def test_a_busy_service_is_asked_again_and_nothing_is_lost(page: Page, drop: Drop) -> None:
    refusals = iter(["overloaded"])
    page.route(
        "**/v1/stance/batch",
        lambda route: (
            route.fulfill(status=429, body=f'{{"error": "{error}"}}', headers={"Retry-After": "0"})
            if (error := next(refusals, ""))
            else route.fallback()
        ),
    )
    drop("headlines.csv", TABLE)
    page.get_by_role("button", name="Find the stances").click()
    expect(page.locator("#status")).to_have_text("5 of 7 texts answered")


def test_what_was_answered_before_a_stop_is_shown(page: Page, drop: Drop) -> None:
    held: list[Route] = []  # the second part is never answered
    page.route(
        "**/v1/stance/batch",
        lambda route: held.append(route) if "bank" in str(route.request.post_data) else route.fallback(),
    )
    drop("headlines.csv", TABLE.replace("Chinese firms", "A bank and Chinese firms").replace("Chinese banks", "Firms"))
    page.get_by_role("button", name="Find the stances").click()
    expect(page.locator("#status")).to_have_text("6 of 7 texts answered")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#unanswered")).to_contain_text("row 8 was not answered")
    assert column(page, "stance")[0] != "not answered"


def test_texts_pasted_by_lines_become_a_table(page: Page) -> None:
    page.get_by_label("English text").fill("China denied it.\n\nBeijing sends Moscow chips.")
    page.get_by_label("Each line is a text of its own").check()
    page.get_by_role("button", name="Find the stance").click()
    expect(page.locator("#rows td[data-label=row]")).to_have_text(["1", "3"])


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("open.csv", 'text\n"never closed', "the quotation mark opened in row 2 is never closed"),
        ("empty.csv", "\n", "empty.csv is empty"),
        ("long.csv", "text\n" + "China\n" * 10_001, "10,001 texts are more than this page takes"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    page: Page, drop: Drop, name: str, content: str, message: str
) -> None:
    drop(name, content)
    expect(page.get_by_role("alert")).to_contain_text(message)
    expect(page.locator("#opened")).to_be_hidden()
