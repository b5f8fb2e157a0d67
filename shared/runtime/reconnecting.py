"""Has a worker connect anew when it cannot tell the broker that a message is done."""

from typing import Any

from celery.worker.request import Request


class ReconnectingRequest(Request):  # type: ignore[misc] # Celery has no types
    """
    A message in a worker's hands that swallows no failure of the connection when it is acknowledged.

    Celery would log such a failure and go on counting the message as unfinished: a worker with as many
    of these as it has children fetches nothing any more, and seems to live. Left alone, the failure
    flies out of the worker's loop, which then connects anew; the message comes back later.
    """

    def __init__(self, message: Any, **more: Any) -> None:
        super().__init__(message, **(more | {"connection_errors": ()}))
