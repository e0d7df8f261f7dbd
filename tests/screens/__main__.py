"""Take the pictures of ``docs/experiments.md`` anew: ``python -m tests.screens --tracking-uri sqlite:///mlflow.db``."""

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")

from mlflow import MlflowClient
from playwright.sync_api import Error, Page, sync_playwright

from tests.browser import CHROMIUM
from tests.screens.desk import desk
from tests.screens.pages import Screen, Store, screens
from training.last_training import candidate_runs, last_training
from training.registry import Registry
from training.settings import Settings

WIDTH, HEIGHT = 1400, 900
LARGEST = 300_000
PATIENCE = 60_000  # milliseconds; a busy machine is slow to draw
SETTLED = 4_000


def main() -> None:
    """Show a store on loopback, photograph its pages, and end the server."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tracking-uri", default=Settings().tracking_uri, help="a store with a training in it")
    options.add_argument("--out", type=Path, default=Path("docs/images/experiments"))
    options.add_argument("--only", default="", help="names of pictures, separated by commas")
    asked = options.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    wanted = {name for name in asked.only.split(",") if name}
    found = [screen for screen in screens(look(asked.tracking_uri)) if not wanted or screen.name in wanted]
    with desk(asked.tracking_uri) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.set_default_timeout(PATIENCE)
        _tidy(page, address)
        missed = [screen.name for screen in found if not take(page, address, screen, asked.out)]
        browser.close()
    sys.exit(f"not taken: {', '.join(missed)}" if missed else 0)


def look(tracking_uri: str) -> Store:
    """Find the last training of a store."""
    client = MlflowClient(tracking_uri)
    parent = last_training(client, Settings().model)
    if parent is None:
        sys.exit(f"{tracking_uri} holds no training; `make train` makes one")
    champion = Registry(client, Settings().model).champion() or "1"
    return Store(parent.info.experiment_id, parent.info.run_id, candidate_runs(client, parent), champion)


def take(page: Page, address: str, screen: Screen, directory: Path) -> bool:
    """Photograph a page; False, with the reason said, where it could not be brought up."""
    try:
        page.goto("about:blank")
        page.goto(f"{address}/{screen.path}")
        page.get_by_text(screen.awaited).first.wait_for()
        screen.prepare(page)
    except Error as error:
        sys.stderr.write(f"{screen.name}: {error.message.splitlines()[0]}\n")
        return False
    page.wait_for_timeout(SETTLED)
    for place in page.get_by_text("Path: ").all():  # where the store lies on this machine
        place.evaluate("shown => shown.style.visibility = 'hidden'")
    file = directory / f"{screen.name}.png"
    page.screenshot(path=file)
    if file.stat().st_size > LARGEST:
        sys.stderr.write(f"{file} is larger than {LARGEST // 1000} kB\n")
    return True


def _tidy(page: Page, address: str) -> None:
    """Choose the pages for training, and shut the panel that offers a conversation; the browser remembers both."""
    page.goto(f"{address}/#/experiments")
    page.get_by_text("Model training").first.click()
    panel = page.get_by_text("MLflow Assistant").first
    if panel.is_visible():
        panel.locator("xpath=ancestor::div[.//button][1]").get_by_role("button").last.click()


if __name__ == "__main__":
    main()
