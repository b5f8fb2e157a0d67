"""Ten thousand notifications at once, through the real webhook into a real Valkey."""

import http.client
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from shared.runtime.celery_queue import CeleryBus, celery_app
from shared.runtime.server_settings import BrokerSettings, TaskSettings
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


def test_no_notification_of_a_burst_is_lost(valkey):
    port, broker = free_port(), valkey.url.replace("/0", "/1")
    environment = {
        "JIXIAO_BROKER_URL": broker,
        "JIXIAO_UPLOAD_BUCKET": UPLOADS,
        "JIXIAO_WEBHOOK_TOKEN": WORD,
    }
    command = [sys.executable, "-m", "uvicorn", "--factory", "services.ingest.app:open_app"]
    options = ["--host", "127.0.0.1", "--port", str(port), "--no-access-log", "--log-level", "info"]
    with Service([*command, *options], environment, ready="startup complete"):
        began = time.monotonic()
        with ThreadPoolExecutor(SENDERS) as senders:
            shares = [range(first, NOTIFICATIONS, SENDERS) for first in range(SENDERS)]
            answers = [
                status for share in senders.map(lambda share: send(port, share), shares) for status in share
            ]
        print(f"{NOTIFICATIONS / (time.monotonic() - began):.0f} notifications per second")

    assert set(answers) == {204}
    bus = CeleryBus(celery_app(BrokerSettings(url=broker), TaskSettings()))
    assert bus.waiting()["ingest"] == NOTIFICATIONS
