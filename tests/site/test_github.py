"""What GitHub reads: each file fits its schema, asks for no more than it needs, and calls what exists."""

import re
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
SCHEMAS = {
    **dict.fromkeys(WORKFLOWS, "vendor.github-workflows"),
    **dict.fromkeys(sorted((GITHUB / "ISSUE_TEMPLATE").glob("*.yml")), "vendor.github-issue-forms"),
    GITHUB / "ISSUE_TEMPLATE" / "config.yml": "vendor.github-issue-config",
    GITHUB / "dependabot.yml": "vendor.dependabot",
}
TARGET = re.compile(r"^([a-z-]+):.*##", re.MULTILINE)


def jobs(workflow: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"])


@pytest.mark.skipif(find_spec("check_jsonschema") is None, reason="not installed: check-jsonschema")
@pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.name)
def test_every_file_fits_its_schema(file: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", SCHEMAS[file], str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda file: file.name)
def test_a_workflow_may_do_nothing_that_a_job_has_not_asked_for(workflow: Path) -> None:
    assert yaml.safe_load(workflow.read_text(encoding="utf-8"))["permissions"] == {}
    for job in jobs(workflow).values():
        assert job["permissions"]
        assert job["timeout-minutes"]
        checkouts = [step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
        assert all(step["with"] == {"persist-credentials": False} for step in checkouts)


def test_a_check_may_only_read() -> None:
    assert all(job["permissions"] == {"contents": "read"} for job in jobs(GITHUB / "workflows/ci.yml").values())


def test_the_targets_that_are_checked_exist() -> None:
    targets = set(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    (job,) = jobs(GITHUB / "workflows/ci.yml").values()
    assert set(job["strategy"]["matrix"]["target"]) <= targets


def test_the_version_has_its_changes() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [Unreleased]" in changes
    assert f"## [{version}]" in changes or "Nothing has been released yet." in changes


def test_the_wrong_answer_form_offers_every_rule_of_the_codebook() -> None:
    form = yaml.safe_load((GITHUB / "ISSUE_TEMPLATE/wrong-answer.yml").read_text(encoding="utf-8"))
    (options,) = [part["attributes"]["options"] for part in form["body"] if part.get("id") == "rule"]
    rules = re.findall(r"^(\d+)\. ", (ROOT / "seeds/codebook.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert [option.partition(",")[0] for option in options if option[0].isdigit()] == rules
