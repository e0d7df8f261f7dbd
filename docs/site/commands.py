"""MkDocs hook: ``<!-- commands: NAME -->`` becomes the commands of a Typer application, as they describe themselves."""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any, Final

import typer.main

APPLICATIONS: Final = {"stance": "service.cli.app", "python -m training": "training.cli"}
MARK: Final = re.compile(r"<!-- commands: (.+) -->")


def on_page_markdown(markdown: str, **_: object) -> str:
    """Fill in the commands."""
    return MARK.sub(lambda mark: describe(mark[1]), markdown)


def describe(program: str) -> str:
    """Markdown of all commands of a program.

    Raises:
        KeyError: it is none of ``APPLICATIONS``.
    """
    application = typer.main.get_command(import_module(APPLICATIONS[program]).app)
    commands: dict[str, Any] = getattr(application, "commands", {})
    return "\n".join(line for name in sorted(commands) for line in _command(program, name, commands[name]))


def _command(program: str, name: str, command: Any) -> Iterator[str]:
    context = command.context_class(command, info_name=f"{program} {name}")
    usage = " ".join(command.collect_usage_pieces(context))
    yield from (f"### `{program} {name}` {{ #{program.rpartition(' ')[2]}-{name} }}", "", command.help or "", "")
    yield from ("```", f"{program} {name} {usage}", "```", "")
    yield from ("| argument or option | what |", "|---|---|")
    for parameter in command.params:
        form, said = parameter.get_help_record(context) or ("", "")
        yield f"| `{_cell(form)}` | {_cell(said)} |"
    yield ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")
