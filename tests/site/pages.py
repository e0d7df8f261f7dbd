"""Built pages as what they refer to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

LOADED = {("img", "src"), ("script", "src"), ("link", "href"), ("source", "src"), ("iframe", "src"), ("object", "data")}
IN_STYLES = re.compile(r"(?:url\(|@import)\s*['\"]?((?:https?:)?//[^'\")\s]+)")


@dataclass
class Page(HTMLParser):
    """What a page loads, what it links to, its anchors and its classes."""

    file: Path
    loaded: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag refers to."""
        for name, value in attrs:
            if name in {"id", "name"} and value:
                self.anchors.add(value)
            elif name == "class":
                self.classes.update((value or "").split())
            elif (tag, name) in LOADED and value:
                self.loaded.append(value)
            elif (tag, name) == ("a", "href") and value:
                self.links.append(value)


def read_site(site: Path) -> dict[Path, Page]:
    """All pages of a site."""
    return {file: Page(file) for file in sorted(site.rglob("*.html"))}


def external(address: str) -> bool:
    """Whether an address is of another host."""
    return bool(urlsplit(address).netloc)


def foreign_assets(site: Path, pages: dict[Path, Page]) -> Iterator[str]:
    """Whatever a browser would fetch from elsewhere; diagrams are named too, as the theme fetches what draws them."""
    for file, page in pages.items():
        yield from (f"{file.name}: {address}" for address in page.loaded if external(address))
        if "mermaid" in page.classes:
            yield f"{file.name}: a diagram"
    for style in site.rglob("*.css"):
        yield from (f"{style.name}: {address}" for address in IN_STYLES.findall(style.read_text(encoding="utf-8")))


def broken_links(site: Path, pages: dict[Path, Page]) -> Iterator[str]:
    """Links and assets within the site whose file or anchor is not there."""
    for file, page in pages.items():
        for address in [*page.links, *page.loaded]:
            parts = urlsplit(address)
            if parts.netloc or parts.scheme:
                continue
            path = unquote(parts.path)
            start = site if path.startswith("/") else file.parent
            target = (start / path.lstrip("/")).resolve() if path else file
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file():
                yield f"{file.name}: {address}"
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors:
                yield f"{file.name}: {address} has no such anchor"
