"""The OpenAPI document is true: schemathesis finds no undocumented status, no wrong body and no crash."""

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, settings
from starlette.testclient import TestClient

from service.app import PATHS, create_app
from service.middleware import API
from service.settings import Settings

ERRORS = {"400", "401", "413", "415", "422", "429", "503", "504"}


@pytest.fixture(scope="module")
def app(client: TestClient) -> FastAPI:
    app = client.app
    assert isinstance(app, FastAPI)
    return app


@pytest.fixture
def api_schema(app: FastAPI) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_asgi("/openapi.json", app)


schema = schemathesis.pytest.from_fixture("api_schema")


@schema.parametrize()
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_operation_answers_as_documented(case: schemathesis.Case, client: TestClient) -> None:
    case.call_and_validate(session=client)


def test_every_scoring_status_is_documented_with_an_example(app: FastAPI) -> None:
    for path, operations in app.openapi()["paths"].items():
        if not path.startswith(API) or "post" not in operations:
            continue
        responses = operations["post"]["responses"]
        assert responses.keys() == ERRORS | {"200"}
        for status in ERRORS:
            example = responses[status]["content"]["application/json"]["example"]
            assert example.keys() == {"error", "error_type"}


def test_every_route_is_known_to_the_metrics(app: FastAPI) -> None:
    documented = set(app.openapi()["paths"])
    assert documented | {"/", "/docs"} == PATHS


def test_a_service_with_keys_documents_them() -> None:
    operations = create_app(Settings(api_keys=["k"])).openapi()["paths"]
    assert operations["/v1/stance"]["post"]["security"]
    assert "security" not in operations["/livez"]["get"]


def test_unknown_paths_and_methods_have_the_same_error_shape(client: TestClient) -> None:
    missing = client.get("/v1/nothing")
    assert (missing.status_code, missing.json()["error_type"]) == (404, "not_found")
    wrong = client.get("/v1/stance")
    assert (wrong.status_code, wrong.json()["error_type"]) == (405, "method_not_allowed")
    assert wrong.headers["allow"] == "POST"
