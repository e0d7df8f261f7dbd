"""Administrators reload and roll back with a key of their own; nobody else can, and nothing bad is taken up."""

import shutil
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError
from starlette.testclient import TestClient

from service.__main__ import main
from service.bundle import BundleRefusedError
from service.rollback import point_to, roll_back
from service.settings import Settings
from tests.service.conftest import Start, parts_of
from tests.tiny import write_manifest

ADMIN = {"Authorization": "Bearer admin"}


@pytest.fixture
def models(pristine: Path, tmp_path: Path) -> Path:
    """Versions 8, 9, 10 and 11; the pointer on 11."""
    for version in ("8", "9", "10", "11"):
        write_manifest(Path(shutil.copytree(pristine, tmp_path / "bundles" / version)), version)
    point_to(tmp_path, "11")
    return tmp_path


@pytest.fixture
def service(models: Path, start: Start) -> TestClient:
    return start(bundle=models, poll_seconds=3600, admin_keys="admin", api_keys="user")


def damage(models: Path, version: str) -> None:
    (models / "bundles" / version / "card.md").unlink()


def test_rollback_goes_to_the_version_before(service: TestClient, models: Path) -> None:
    answer = service.post("/v1/admin/rollback", headers=ADMIN)
    assert answer.json() == {"before": "11", "version": "10"}
    assert (models / "current").read_text(encoding="utf-8") == "10\n"


def test_rollback_passes_over_a_damaged_bundle(service: TestClient, models: Path) -> None:
    damage(models, "10")
    assert service.post("/v1/admin/rollback", headers=ADMIN).json()["version"] == "9"


def test_rollback_to_what_cannot_be_taken_up_changes_nothing(service: TestClient, models: Path) -> None:
    write_manifest(models / "bundles" / "10", "10", libraries={"scikit-learn": "0.1"})
    (models / "bundles" / "9" / "golden.json").write_text("[]", encoding="utf-8")
    damage(models, "8")
    answer = service.post("/v1/admin/rollback", headers=ADMIN)
    assert (answer.status_code, answer.json()["error_type"]) == (409, "conflict")
    assert (models / "current").read_text(encoding="utf-8") == "11\n"
    assert service.get("/readyz").status_code == 200


def test_reload_takes_up_what_is_there_now(service: TestClient, models: Path) -> None:
    point_to(models, "9")
    assert service.post("/v1/admin/reload", headers=ADMIN).json() == {"before": "11", "version": "9"}


def test_reload_of_a_bad_bundle_says_why_and_keeps_the_old(service: TestClient, models: Path) -> None:
    damage(models, "9")
    point_to(models, "9")
    answer = service.post("/v1/admin/reload", headers=ADMIN)
    assert answer.json() == {"error": "bundle 9 refused: missing: card.md", "error_type": "conflict"}
    assert parts_of(service).models.require().manifest.version == "11"


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer user"}, {"Authorization": "Bearer wrong"}])
def test_only_an_admin_key_opens(service: TestClient, headers: dict[str, str]) -> None:
    for path in ("/v1/admin/reload", "/v1/admin/rollback"):
        assert service.post(path, headers=headers).status_code == 401


def test_an_admin_key_is_no_api_key(service: TestClient) -> None:
    assert service.get("/v1/model", headers=ADMIN).status_code == 401


def test_without_an_admin_key_there_are_no_such_calls(client: TestClient) -> None:
    assert client.post("/v1/admin/reload").status_code == 404
    assert "/v1/admin/reload" not in client.get("/openapi.json").json()["paths"]


def test_a_key_cannot_be_both() -> None:
    with pytest.raises(ValidationError, match="share a key"):
        Settings(api_keys=[SecretStr("k")], admin_keys=[SecretStr("k")])


def test_the_command_rolls_back(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANCE_BUNDLE", str(models))
    monkeypatch.setattr("sys.argv", ["service", "rollback"])
    assert main() == 0
    assert (models / "current").read_text(encoding="utf-8") == "10\n"
    monkeypatch.setattr("sys.argv", ["service", "rollback", "--to", "8"])
    assert main() == 0
    assert main() == 0
    monkeypatch.setattr("sys.argv", ["service", "rollback"])
    assert main() == 1


@pytest.mark.parametrize("to", ["12", "../../etc", "..", ""])
def test_it_leads_only_to_whole_bundles(models: Path, to: str) -> None:
    damage(models, "10")
    with pytest.raises(BundleRefusedError):
        roll_back(models, to or "10")
    assert (models / "current").read_text(encoding="utf-8") == "11\n"
