"""What the description of the interface shows as an answer is one."""

import json

import pytest

from services.search.app import openapi_text
from services.search.problems import Problem
from shared.contracts.records import Record
from shared.contracts.search import Facet, SearchAnswer

DESCRIBED = json.loads(openapi_text())


def example(path: str) -> dict[str, object]:
    shown: dict[str, object] = DESCRIBED["paths"][path]["get"]["responses"]["200"]["content"][
        "application/json"
    ]["example"]
    return shown


@pytest.mark.parametrize(
    ("path", "model"),
    [("/api/search", SearchAnswer), ("/api/facets/{name}", Facet), ("/api/records/{record_id}", Record)],
)
def test_an_example_of_an_answer_is_such_an_answer(path: str, model: type) -> None:
    shown = model.model_validate(example(path))  # type: ignore[attr-defined]  # all are models

    assert shown.model_dump(mode="json", exclude_none=True) == example(path)


def test_a_refusal_has_an_example_too() -> None:
    assert Problem.model_validate(DESCRIBED["components"]["schemas"]["Problem"]["example"]).code
