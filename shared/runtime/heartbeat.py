"""A file whose age says whether a worker lives: touched by its loop, which stands still when it hangs."""

from pathlib import Path
from typing import Any, Final

from celery import Celery, bootsteps

_EVERY_SECONDS: Final = 5.0


def show_life(app: Celery, file: Path) -> None:
    """Have the workers of ``app`` touch ``file`` as long as they are connected and their loop goes round."""

    class Heartbeat(bootsteps.StartStopStep):  # type: ignore[misc] # Celery has no types
        """Started with the consumer: while the broker does not answer, nothing beats."""

        requires = ("celery.worker.consumer.connection:Connection",)

        def start(self, consumer: Any) -> None:
            file.touch()
            self.beats = consumer.timer.call_repeatedly(_EVERY_SECONDS, file.touch)

        def stop(self, _consumer: Any) -> None:
            self.beats.cancel()

    app.steps["consumer"].add(Heartbeat)
