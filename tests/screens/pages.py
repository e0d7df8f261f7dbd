"""The pages of the desk that the documentation shows, and what is done on each before the picture is taken."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from training.desk import run_page, runs_page, version_page

HIDDEN = ("Dataset", "Source")
SHOWN = ("cv_macro_f1", "macro_f1", "ece", "texts_per_second")

Preparation = Callable[[Page], None]


@dataclass(frozen=True)
class Store:
    """What is looked at: ids of an experiment, its last parent run, and that one's children by candidate."""

    experiment: str
    parent: str
    children: dict[str, str]
    version: str

    @property
    def best(self) -> str:
        """The run of the candidate that was logged last, which reads the most."""
        return list(self.children.values())[-1]


@dataclass(frozen=True)
class Screen:
    """A picture: its file's name, the page's path, words that show that it is there, and what to do first."""

    name: str
    path: str
    awaited: str
    prepare: Preparation = lambda page: None  # noqa: ARG005


def screens(store: Store) -> list[Screen]:
    """All pictures of ``docs/experiments.md``, in its order."""
    runs = f"#/experiments/{store.experiment}/runs"
    compared = json.dumps(list(store.children.values())[-3:], separators=(",", ":"))
    experiments = json.dumps([store.experiment])
    plots = f"{runs}/{store.best}/artifacts/plots"
    tables = f"{runs}/{store.best}/artifacts/tables"
    tree = next(name for name in store.children if "lightgbm" in name)
    tree_plots = f"{runs}/{store.children[tree]}/artifacts/plots"
    return [
        Screen("runs", runs_page(store.experiment, "cv_macro_f1"), "Columns", _choose_columns),
        Screen("parent", run_page(store.experiment, store.parent), "Description", _show_more),
        Screen("compare", f"#/compare-runs?runs={compared}&experiments={experiments}", "Run details"),
        Screen("run", f"{runs}/{store.best}", "Description"),
        Screen("learning-curve", f"{runs}/{store.parent}/artifacts/plots/learning_curve.png", "Path:"),
        Screen("slices", f"{plots}/slices.png", "Path:"),
        Screen("calibration", f"{plots}/calibration.png", "Path:"),
        Screen("shap", f"{tree_plots}/strongest_model.png", "Path:"),
        Screen("errors", f"{tables}/errors.json", "Path:"),
        Screen("system", f"{runs}/{store.parent}/system-metrics", "cpu_utilization_percentage"),
        Screen("version", version_page("stance", store.version), "champion"),
    ]


def _choose_columns(page: Page) -> None:
    """Show the figures that candidates are chosen by, and not what is the same for all."""
    page.get_by_role("button", name="Columns").first.click()
    search = page.get_by_placeholder("Search columns")
    for name in (*HIDDEN, *SHOWN):
        search.fill(name)
        page.locator("[class*=tree-title]").filter(has_text=re.compile(f"^{name}$")).first.click()
    page.keyboard.press("Escape")
    page.get_by_role("heading").first.click()


def _show_more(page: Page) -> None:
    page.get_by_text("Show more").first.click()
