"""Imports run one way: ``features <- training`` and ``features <- service``; the other two never meet."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {"features": {"features"}, "training": {"features", "training"}, "service": {"features", "service"}}


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "" if node.level else (node.module or "").partition(".")[0]


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    others = MAY_IMPORT.keys() - MAY_IMPORT[room]
    wrong = [
        f"{file.relative_to(ROOT)}: {name}"
        for file in (ROOT / room).rglob("*.py")
        for name in imported(file)
        if name in others or not name
    ]
    assert not wrong
