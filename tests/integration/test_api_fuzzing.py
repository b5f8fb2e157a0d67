"""The interface for programs keeps what its OpenAPI says, whatever is asked: tried by schemathesis."""

import json
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import checks
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from services.search.app import openapi_text
from shared.runtime.search_index import TantivyIndex
from tests.builders.web import WebArchive, street_lights

EXAMPLES = 15
CHECKS = [checks.not_a_server_error, status_code_conformance, response_schema_conformance]

READING = sorted(
    path
    for path, ways in json.loads(openapi_text())["paths"].items()
    if "get" in ways and not path.endswith("/progress")  # a stream of events has no end
)


@pytest.fixture(scope="module")
def interface(tmp_path_factory: pytest.TempPathFactory):
    folder: Path = tmp_path_factory.mktemp("fuzzed")
    archive = WebArchive(folder, index=TantivyIndex(folder / "index"))
    archive.add(street_lights())
    return schemathesis.openapi.from_asgi("/openapi.json", archive.app)


@pytest.mark.parametrize("path", READING)
def test_whatever_is_asked_is_answered_as_described(interface, path):
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=interface[path]["GET"].as_strategy())
    def ask(case):
        case.call_and_validate(checks=CHECKS)

    ask()
