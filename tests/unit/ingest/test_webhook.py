"""The address that the object store tells its news to."""

import pytest
from fastapi.testclient import TestClient

from services.ingest.webhook import Intake, create_app
from shared.contracts.errors import DependencyUnavailable
from tests.builders.notifications import notification, record

WORD = "a-token-for-this-test"
BODY = notification(record("2026/表 1.pdf"))


class Queues:
    def __init__(self):
        self.announced, self.bulk, self.length, self.is_away = [], [], 0, False

    def announce(self, event, *, bulk=False):
        if self.is_away:
            raise DependencyUnavailable("broker")
        self.announced.append(event)
        self.bulk.append(bulk)

    def waiting(self):
        if self.is_away:
            raise DependencyUnavailable("broker")
        return {"ingest": self.length}


@pytest.fixture
def queues():
    return Queues()


@pytest.fixture
def client(queues):
    intake = Intake(
        queues,
        bucket="uploads",
        is_wanted=lambda key: key.startswith("2026/"),
        backlog=10,
        fresh_per_minute=2,
    )
    return TestClient(create_app(intake, token=WORD, body_bytes=10_000))


def tell(client, body=BODY, token=WORD):
    return client.post("/notifications", content=body, headers={"Authorization": f"Bearer {token}"})


def test_an_upload_is_announced(client, queues):
    assert tell(client).status_code == 204
    assert [event.key for event in queues.announced] == ["2026/表 1.pdf"]


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer x"}, {"Authorization": WORD}])
def test_who_does_not_know_the_token_is_not_listened_to(client, queues, header):
    assert client.post("/notifications", content=BODY, headers=header).status_code == 401
    assert queues.announced == []


def test_another_bucket_and_other_prefixes_are_none_of_our_business(client, queues):
    assert tell(client, notification(record("2026/a", bucket="archive"), record("old/a"))).status_code == 204
    assert queues.announced == []


def test_more_than_a_notification_can_be_is_not_read(client, queues):
    assert tell(client, b" " * 10_001).status_code == 413


def test_what_is_no_notification_is_refused(client, queues):
    assert tell(client, b"[]").status_code == 400


def test_news_wait_at_the_object_store_while_the_broker_is_away(client, queues):
    queues.is_away = True

    assert tell(client).status_code == 503
    assert client.get("/health").status_code == 503


def test_news_wait_at_the_object_store_while_too_much_is_to_be_done(client, queues):
    queues.length = 11

    answer = tell(client)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert queues.announced == []


def test_single_uploads_go_before_a_bulk_load_into_another_folder(client, queues):
    for number in range(4):
        tell(client, notification(record(f"2026/bulk/{number}")))
    tell(client, notification(record("2026/other/1")))

    assert queues.bulk == [False, False, True, True, False]


def test_health_tells_what_waits(client):
    assert client.get("/health").json() == {"status": "ok", "waiting": {"ingest": 0}}
