"""Ten thousand notifications at once, through the real webhook into a real Valkey."""

import http.client
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from shared.runtime.celery_queue import CeleryBus, celery_app
from shared.runtime.server_settings import BrokerSettings, TaskSettings
from tests.builders.command import wait_for
from tests.builders.installation import UPLOADS, WORD
from tests.builders.notifications import notification, record
from tests.builders.workers import Service
from tests.servers.process import free_port

NOTIFICATIONS = 10_000
SENDERS = 4


def send(port, numbers):
    """Tell of one upload after the other on one connection, as an object store does."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    answers = []
    for number in numbers:
        body = notification(record(f"2026/区 {number % 9}/表+{number}.pdf", bucket=UPLOADS))
        connection.request("POST", "/notifications", body, {"Authorization": f"Bearer {WORD}"})
        answer = connection.getresponse()
        answer.read()
        answers.append(answer.status)
    connection.close()
    return answers


@contextmanager
def webhook(broker, **more):
    port = free_port()
    environment = {
        "JIXIAO_BROKER_URL": broker,
        "JIXIAO_UPLOAD_BUCKET": UPLOADS,
        "JIXIAO_WEBHOOK_TOKEN": WORD,
        **more,
    }
    command = [sys.executable, "-m", "uvicorn", "--factory", "services.ingest.app:open_app"]
    options = ["--host", "127.0.0.1", "--port", str(port), "--no-access-log", "--log-level", "info"]
    with Service([*command, *options], environment, ready="startup complete"):
        yield port


def send_all(port, count):
    """Tell of so many uploads over several connections at once; list the answers."""
    with ThreadPoolExecutor(SENDERS) as senders:
        shares = [range(first, count, SENDERS) for first in range(SENDERS)]
        return [status for share in senders.map(lambda one: send(port, one), shares) for status in share]


def waiting(broker):
    return CeleryBus(celery_app(BrokerSettings(url=broker), TaskSettings())).waiting()["ingest"]


def test_no_notification_of_a_burst_is_lost(valkey):
    broker = valkey.url.replace("/0", "/1")

    with webhook(broker) as port:
        began = time.monotonic()
        answers = send_all(port, NOTIFICATIONS)
        print(f"{NOTIFICATIONS / (time.monotonic() - began):.0f} notifications per second")

    assert set(answers) == {204}
    assert waiting(broker) == NOTIFICATIONS


def test_a_bulk_load_does_not_grow_the_queue_without_bound(valkey):
    broker, backlog = valkey.url.replace("/0", "/2"), 500

    with webhook(broker, JIXIAO_BROKER_BACKLOG=str(backlog)) as port:
        answers = send_all(port, 8 * backlog)

    taken = answers.count(204)
    assert set(answers) == {204, 503}
    assert waiting(broker) == taken
    assert backlog < taken <= backlog + 1 + SENDERS


def test_what_was_put_off_is_taken_when_there_is_room_again(valkey):
    broker, backlog = valkey.url.replace("/0", "/3"), 50

    with webhook(broker, JIXIAO_BROKER_BACKLOG=str(backlog)) as port:
        assert 503 in send_all(port, 4 * backlog)
        with celery_app(BrokerSettings(url=broker), TaskSettings()).connection_for_write() as connection:
            connection.default_channel.queue_purge("ingest")
        wait_for(lambda: send(port, [0]) == [204])
