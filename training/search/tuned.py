"""The winner as data: a block of ``candidates.yaml`` between two marked lines; the rest of the file stays as it is."""

from pathlib import Path
from typing import Any

import yaml

from training.candidates import Candidate, Plan
from training.errors import CandidateError

BEGIN = "  # tuned: what stands from here to the last line is written by `tune`"
END = "  # end of tuned"
USUAL = Candidate.model_construct(name="", family="", classifier="").model_dump()


def write_tuned(file: Path, candidates: list[Candidate], note: str) -> None:
    """Put candidates, under a comment, in the place of those that an earlier search wrote.

    Raises:
        CandidateError: the file has no such block, or the plan would break its schema; the file is left as it was.
    """
    text = file.read_text("utf-8")
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise CandidateError(f"{file.name} needs the lines {BEGIN.strip()!r} and {END.strip()!r} in its candidates")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    comment = "".join(f"  # {line}\n" for line in note.splitlines())
    written = f"{before}{BEGIN}\n{comment}{''.join(map(_item, candidates))}{END}{after}"
    try:
        Plan.model_validate(yaml.safe_load(written))
    except (ValueError, yaml.YAMLError) as error:
        raise CandidateError(f"{file.name} with the tuned candidates: {error}") from error
    fresh = file.with_name(f".{file.name}.new")
    fresh.write_text(written, "utf-8")
    fresh.replace(file)


def _item(candidate: Candidate) -> str:
    """One entry of the list, indented as the others are."""
    fields: dict[str, Any] = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in candidate.model_dump().items()
        if value != USUAL.get(name)
    }
    lines = yaml.safe_dump(fields, sort_keys=False, width=110, default_flow_style=None).splitlines()
    return "".join(f"  {'- ' if number == 0 else '  '}{line}\n" for number, line in enumerate(lines))
