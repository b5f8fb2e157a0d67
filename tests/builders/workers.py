"""Services as real processes, with settings as on servers and shorter times."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.servers.process import ServerProcess, new_folder

ROOT = Path(__file__).parent.parent.parent
QUICK = {
    "JIXIAO_TASK_SECONDS": "20",
    "JIXIAO_TASK_MARGIN_SECONDS": "2",
    "JIXIAO_TASK_RESTORE_SECONDS": "1",
    "JIXIAO_TASK_GRACE_SECONDS": "2",
    "JIXIAO_LOG_LEVEL": "INFO",
    "JIXIAO_OCR_ENGINE": "none",
}


class Service(ServerProcess):
    """A process that says ``ready`` in its log, each time it was started."""

    def __init__(self, command: list[str], environment: dict[str, str], *, ready: str) -> None:
        folder = new_folder()
        self._told_before = 0
        super().__init__(
            command,
            folder=folder,
            ready=lambda: ready in self.told()[self._told_before :],
            environment={"C_FORCE_ROOT": "1", "PYTHONPATH": str(ROOT), **QUICK, **environment},
            working_folder=ROOT,
        )

    def start(self) -> None:
        self._told_before = len(self.told())
        super().start()

    def told(self) -> str:
        """Read what it has said."""
        log = self.folder / "server.log"
        return log.read_text(errors="replace") if log.exists() else ""

    def children(self) -> list[int]:
        """List the processes it has started."""
        listed = subprocess.run(
            ["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True
        ).stdout
        pairs = (map(int, line.split()) for line in listed.splitlines())
        return [child for child, parent in pairs if self.process and parent == self.process.pid]

    def __enter__(self) -> "Service":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def celery_worker(module: str, environment: dict[str, str], *, children: int = 1) -> Service:
    """Prepare a worker of the application in ``module``; it is not started yet."""
    options = ["--concurrency", str(children), "--without-gossip", "--without-mingle", "--without-heartbeat"]
    return Service(
        [sys.executable, "-m", "celery", "--app", module, "worker", *options], environment, ready="ready."
    )
