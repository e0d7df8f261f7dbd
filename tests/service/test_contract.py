"""The OpenAPI document is true: schemathesis finds no undocumented status, no wrong body and no crash."""

from pathlib import Path

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from pydantic import SecretStr
from schemathesis import GenerationMode
from starlette.testclient import TestClient

from service.app import PATHS, create_app
from service.middleware import ADMIN, API
from service.settings import Settings

ERRORS = {"400", "401", "413", "415", "422", "429", "503", "504"}
ADMIN_ERRORS = {"401", "409"}
GOOD_STATUS = {"/v1/feedback": "202"}
KEY = "an administrator's"
PATIENCE = 60  # seconds; a busy machine takes up a bundle slowly
GOOD, BAD = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
CASES = [
    pytest.param(path, method, mode, id=f"{method} {path} {mode.value}")
    for path, operations in create_app(Settings(admin_keys=[SecretStr(KEY)])).openapi()["paths"].items()
    for method, operation in operations.items()
    for mode in ((GOOD, BAD) if "requestBody" in operation else (GOOD,))  # no body: nothing to get wrong
]


@pytest.fixture(scope="module")
def app(pristine: Path) -> FastAPI:
    app = create_app(Settings(bundle=pristine, admin_keys=[SecretStr(KEY)]))
    app.state.parts.models.refresh()
    return app


@pytest.fixture(scope="module")
def schema(app: FastAPI) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_asgi("/openapi.json", app)


@pytest.mark.parametrize(("path", "method", "mode"), CASES)
def test_every_operation_answers_as_documented(
    schema: schemathesis.BaseSchema, path: str, method: str, mode: GenerationMode
) -> None:
    headers = {"Authorization": f"Bearer {KEY}"} if path.startswith(ADMIN) else {}

    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    def check(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=headers, timeout=PATIENCE)

    check()


def test_every_scoring_status_is_documented_with_an_example(app: FastAPI) -> None:
    for path, operations in app.openapi()["paths"].items():
        if not path.startswith(API) or "post" not in operations:
            continue
        responses = operations["post"]["responses"]
        errors = ADMIN_ERRORS if path.startswith(ADMIN) else ERRORS
        assert responses.keys() == errors | {GOOD_STATUS.get(path, "200")}
        for status in errors:
            for name, example in responses[status]["content"]["application/json"]["examples"].items():
                assert example["value"].keys() == {"error", "error_type"}
                assert example["value"]["error_type"] == name


def test_every_route_is_known_to_the_metrics(app: FastAPI) -> None:
    documented = set(app.openapi()["paths"])
    assert documented | {"/", "/docs"} == PATHS


def test_a_service_with_keys_documents_them() -> None:
    operations = create_app(Settings(api_keys=[SecretStr("k")])).openapi()["paths"]
    assert operations["/v1/stance"]["post"]["security"]
    assert "security" not in operations["/livez"]["get"]


def test_unknown_paths_and_methods_have_the_same_error_shape(client: TestClient) -> None:
    missing = client.get("/v1/nothing")
    assert (missing.status_code, missing.json()["error_type"]) == (404, "not_found")
    wrong = client.get("/v1/stance")
    assert (wrong.status_code, wrong.json()["error_type"]) == (405, "method_not_allowed")
    assert wrong.headers["allow"] == "POST"
