"""MkDocs hook: ``<!-- settings -->`` becomes a table of the service's settings, from the class that reads them."""

from typing import Any, Final

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from service.settings import Settings

MARK: Final = "<!-- settings -->"


def on_page_markdown(markdown: str, **_: object) -> str:
    """Fill in the table."""
    return markdown.replace(MARK, "\n".join(table())) if MARK in markdown else markdown


def table() -> list[str]:
    """Lines of a Markdown table, one row a setting."""
    rows = [_row(name, field) for name, field in Settings.model_fields.items()]
    return ["| variable | default | what it sets |", "|---|---|---|", *rows]


def _row(name: str, field: FieldInfo) -> str:
    return f"| `STANCE_{name.upper()}` | {_shown(field.default)} | {field.description} |"


def _shown(default: Any) -> str:
    value = default.get_secret_value() if isinstance(default, SecretStr) else default
    if value is None or value in ("", []):
        return "none"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"
