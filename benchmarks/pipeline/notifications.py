"""How many notifications a second the webhook takes, each put into the queue before it is answered."""

import time

from tests.integration.test_notification_burst import SENDERS, send_all, webhook
from tests.servers.programs import running_valkey


def measure(count: int) -> None:
    """Tell of so many uploads over a few connections, and print the rate."""
    with running_valkey() as broker, webhook(broker.url, JIXIAO_BROKER_BACKLOG=str(2 * count)) as port:
        began = time.monotonic()
        answers = set(send_all(port, count))
        seconds = time.monotonic() - began
    print(
        f"{count} notifications over {SENDERS} connections: {count / seconds:.0f} a second, answers {answers}"
    )
