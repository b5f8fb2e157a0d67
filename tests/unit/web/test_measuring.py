"""Requests are counted by their route and how they ended, never by what was asked."""

import pytest
from fastapi import FastAPI, Response
from prometheus_client import REGISTRY

from services.search.measuring import Measured
from tests.builders.web import SyncClient


@pytest.fixture
def client() -> SyncClient:
    app = FastAPI()

    @app.get("/measured/{status}")
    def answer(status: int) -> Response:
        if status == 0:
            raise ZeroDivisionError
        return Response(status_code=status)

    app.add_middleware(Measured)
    return SyncClient(app)


def counted(route: str, outcome: str) -> float:
    labels = {"route": route, "outcome": outcome}
    return REGISTRY.get_sample_value("jixiao_request_seconds_count", labels) or 0.0


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(200, "done"), (303, "done"), (404, "refused"), (429, "refused"), (500, "failed"), (503, "unavailable")],
)
def test_an_answer_is_counted_by_how_it_ended(client: SyncClient, status: int, outcome: str) -> None:
    before = counted("/measured/{status}", outcome)

    client.get(f"/measured/{status}?q=secret")

    assert counted("/measured/{status}", outcome) == before + 1


def test_what_flies_is_a_failure_and_flies_on(client: SyncClient) -> None:
    before = counted("/measured/{status}", "failed")

    with pytest.raises(ZeroDivisionError):
        client.get("/measured/0")

    assert counted("/measured/{status}", "failed") == before + 1


def test_an_address_that_nobody_declared_is_not_a_figure_of_its_own(client: SyncClient) -> None:
    before = counted("none", "refused")

    client.get("/nobody/knows/this")

    assert counted("none", "refused") == before + 1
