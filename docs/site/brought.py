"""MkDocs hook: files that live elsewhere in the repository become pages of the site, read when it is built.

A page that a command writes and that nobody has written yet is given a line that names the command.
"""

import posixpath
import re
from pathlib import Path
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

BROUGHT: Final = (
    "seeds/DATASHEET.md",
    "seeds/codebook.md",
    "seeds/agreement.json",
    "seeds/frozen.json",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
)
WRITTEN_BY: Final = {"performance.md": "make bench", "cost.md": "make cost", "learning-curve.md": "make learning-curve"}
LINK: Final = re.compile(r"(?<=\]\()(?!#|[a-z]+:)[^)#\s]+")


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the brought files, and stand-ins for pages that no command has written yet."""
    root = Path(config.config_file_path).parent
    for name in BROUGHT:
        files.append(File.generated(config, name, abs_src_path=str(root / name)))
    for name, command in WRITTEN_BY.items():
        if files.get_file_from_path(name) is None:
            title = Path(name).stem.replace("-", " ").capitalize()
            said = f"# {title}\n\nNot measured in this checkout: `{command}` writes this page.\n"
            files.append(File.generated(config, name, content=said))
    return files


def on_page_markdown(markdown: str, *, page: Page, files: Files, **_: object) -> str:
    """Point links between ``docs/`` and the rest of the repository to where both are in the site."""
    here = page.file.src_uri
    at = here if here in BROUGHT else f"docs/{here}"

    def moved(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(at), link[0])).removeprefix("docs/")
        known = files.get_file_from_path(target) is not None
        return posixpath.relpath(target, posixpath.dirname(here) or ".") if known else link[0]

    return LINK.sub(moved, markdown)
