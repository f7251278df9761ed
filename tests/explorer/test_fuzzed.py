"""All addresses that the API describes, asked in all ways that it allows and some that it does not."""

from __future__ import annotations

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sayso.explorer import Guard, Holdings, application

CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]
EXAMPLES = 6
"""Ways, right and wrong each, in which an address is asked: half a minute in all. Raise it to look for more."""


@pytest.fixture(scope="module")
def app(holdings: Holdings) -> FastAPI:
    return application(holdings, Guard(hosts=("testserver", "localhost")))


def same_page(case: schemathesis.Case, client: TestClient) -> int:
    """Return the status of the page whose twin a case asks for."""
    path = case.formatted_path.removesuffix(".json")
    page = client.get("/" if path == "/index" else path, params=case.query or {}, headers={"accept": "text/html"})
    assert "<h1" in page.text
    return page.status_code


@pytest.mark.parametrize("mode", GenerationMode)
def test_no_question_breaks_a_page(app: FastAPI, mode: GenerationMode) -> None:
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    client = TestClient(app)
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        if mode is GenerationMode.NEGATIVE and not any(p.location == "query" for p in operation.iter_parameters()):
            continue  # there is nothing to ask wrongly: any text may be a name

        @given(operation.as_strategy(generation_mode=mode))
        @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        def ask(case: schemathesis.Case) -> None:
            answer = case.call()
            case.validate_response(answer, checks=CHECKS)
            if case.path.endswith(".json") and case.method == "GET" and not case.path.endswith("/chart.json"):
                assert same_page(case, client) == answer.status_code

        ask()
        asked += 1
    assert asked >= 6
