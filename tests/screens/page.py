"""Take the pictures of the service's page anew: ``python -m tests.screens.page --bundle models``."""

import argparse
import io
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright

from tests.browser import ARGUMENTS, CHROMIUM
from tests.serving import serving

ROOT = Path(__file__).parents[2]
WIDTHS = {"phone": 360, "tablet": 768, "desktop": 1280}
HEIGHT = 900
TALLEST = 2_600  # of a long article the beginning is shown
COLOURS = 48  # enough for letters on paper; keeps a picture of a long article small
LARGEST = 160_000
UNROLL = "scrollTo(0, 0); text.scrollTop = 0; note.style.position = 'static'"
SETTLED = 700  # milliseconds; bars grow and the page scrolls
HEADLINES = '''date,headline
2023-02-20,"China rebuts US claims over ""lethal support"" to Russia"
2024-05-02,Chinese firms ship drone engines to Russian arms plants
2024-06-11,"Beijing and Moscow sign gas deal, talk trade"
2024-07-10,NATO calls China a decisive enabler of Russia's war
2024-08-14,"""No weapons to any party"": Beijing rejects sanctions"
2024-09-09,
2024-10-21,Xi and Putin meet on the sidelines of summit in Kazan
2025-01-17,"Leaked records show chips for missiles
crossed the border at Manzhouli"
'''

Scheme = Literal["light", "dark"]


def main() -> None:
    """Serve a bundle on loopback, photograph the page with it, and end the server."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--bundle", type=Path, default=ROOT / "models")
    options.add_argument("--out", type=Path, default=ROOT / "docs/images/page")
    asked = options.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, serving(asked.bundle, Path(scratch) / "log") as service:
        address = f"http://127.0.0.1:{service.port}"
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
            sizes = [_save(page, asked.out / f"{name}.png") for name, page in views(browser, address)]
            browser.close()
    sys.exit(f"a picture is larger than {LARGEST // 1000} kB" if max(sizes) > LARGEST else 0)


def views(browser: Browser, address: str) -> Iterator[tuple[str, Page]]:
    """Every picture's name with the page as it is to be taken."""
    articles = sorted((ROOT / "seeds/articles").glob("*.txt"))
    for device, width in WIDTHS.items():
        with _page(browser, address, width) as page:
            yield f"empty-{device}", page
            _ask(page, articles[4].read_text(encoding="utf-8"))
            yield f"answer-{device}", page
            _drop(page, HEADLINES)
            yield f"table-{device}", page
    with _page(browser, address, WIDTHS["desktop"], "dark") as page:
        _ask(page, articles[4].read_text(encoding="utf-8"))
        yield "answer-dark", page
        _drop(page, HEADLINES)
        yield "table-dark", page
    for article in articles:
        with _page(browser, address, WIDTHS["desktop"]) as page:
            _ask(page, article.read_text(encoding="utf-8"))
            yield f"article-{article.name[:3]}", page


@contextmanager
def _page(browser: Browser, address: str, width: int, scheme: Scheme = "light") -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def _ask(page: Page, text: str) -> None:
    page.get_by_label("English text").fill(text)
    page.get_by_role("button", name="Find the stance").click()
    page.locator("#answer").wait_for()


def _drop(page: Page, table: str) -> None:
    page.locator("#text").fill("")
    page.locator("#file").set_input_files(FilePayload(name="headlines.csv", mimeType="text/csv", buffer=table.encode()))
    page.get_by_role("button", name="Find the stances").click()
    page.locator("#texts").wait_for()


def _save(page: Page, file: Path) -> int:
    """Write the page as a compact PNG, and return its bytes."""
    page.wait_for_timeout(SETTLED)
    page.mouse.move(0, 0)
    page.evaluate(UNROLL)
    width, height = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
    taken = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)})
    with Image.open(io.BytesIO(taken)) as image:
        image.convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
            file, optimize=True
        )
    size = file.stat().st_size
    sys.stderr.write(f"{file.name}: {size // 1000} kB\n")
    return size


if __name__ == "__main__":
    main()
