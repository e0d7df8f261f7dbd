"""What deploys and watches the service: every file parses, names what exists, and has no default secret."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import Metric

from service.metrics import Metrics
from service.settings import Settings

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
YAML = sorted([ROOT / "compose.yaml", *DEPLOY.rglob("*.yaml")])
NAME = re.compile(r"\bstance_[a-z_]+\b")
VARIABLE = re.compile(r"\bSTANCE_[A-Z_]+\b")
SAMPLES = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count"), "gauge": ("",)}
OF_TRAINING = {"STANCE_TRACKING_URI", "STANCE_MODELS"}


def samples(metric: Metric) -> list[str]:
    return [metric.name + suffix for suffix in SAMPLES[metric.type]]


EXPOSED = {name for metric in Metrics().registry.collect() for name in samples(metric)}


def documents(file: Path) -> list[Any]:
    return list(yaml.safe_load_all(file.read_text(encoding="utf-8")))


def expressions() -> list[str]:
    rules = [rule for group in documents(DEPLOY / "prometheus/alerts.yaml")[0]["groups"] for rule in group["rules"]]
    dashboard = json.loads((DEPLOY / "grafana/stance.json").read_text(encoding="utf-8"))
    targets = [target for panel in dashboard["panels"] for target in panel["targets"]]
    return [found["expr"] for found in rules + targets]


@pytest.mark.parametrize("file", YAML, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_file_parses(file: Path) -> None:
    assert all(documents(file))


def test_every_metric_that_is_watched_exists() -> None:
    watched = {name for expression in expressions() for name in NAME.findall(expression)}
    assert len(watched) > 10
    assert watched <= EXPOSED


@pytest.mark.parametrize("file", YAML, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_setting_that_is_set_exists(file: Path) -> None:
    known = {f"STANCE_{name.upper()}" for name in Settings.model_fields} | OF_TRAINING
    text = "\n".join(line.partition("#")[0] for line in file.read_text(encoding="utf-8").splitlines())
    assert set(VARIABLE.findall(text)) <= known


def test_every_password_must_be_given() -> None:
    compose = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    secrets = re.findall(r"\$\{(\w*(?:PASSWORD|KEYS)\w*)(:\?)?", compose)
    assert {name for name, _ in secrets} == {
        line.partition("=")[0]
        for line in (DEPLOY / "example.env").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    }
    assert all(required == ":?" for _, required in secrets)
    assert all(
        line.endswith("=") for line in (DEPLOY / "example.env").read_text("utf-8").splitlines() if "#" not in line
    )


def test_everything_is_published_on_the_loopback_only() -> None:
    services = documents(ROOT / "compose.yaml")[0]["services"]
    published = [port for service in services.values() for port in service.get("ports", [])]
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_the_pod_can_write_nowhere_and_is_not_root() -> None:
    (pod,) = (document["spec"]["template"]["spec"] for document in documents(DEPLOY / "kustomize/deployment.yaml"))
    assert pod["securityContext"]["runAsNonRoot"]
    (container,) = pod["containers"]
    assert container["securityContext"]["readOnlyRootFilesystem"]
    assert {"startupProbe", "readinessProbe", "livenessProbe", "resources"} <= container.keys()


def test_the_folder_names_its_files() -> None:
    folder = DEPLOY / "kustomize"
    (listed,) = documents(folder / "kustomization.yaml")
    assert {*listed["resources"], "kustomization.yaml"} == {file.name for file in folder.iterdir()}


def validate(*command: str) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"no {command[0]} here")
    done = subprocess.run(command, cwd=DEPLOY / "prometheus", capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("check", ["check config prometheus.yaml", "test rules alerts_test.yaml"])
def test_prometheus_accepts_its_files(check: str) -> None:
    validate("promtool", *check.split())


def test_kustomize_builds() -> None:
    validate("kubectl", "kustomize", str(DEPLOY / "kustomize"))
