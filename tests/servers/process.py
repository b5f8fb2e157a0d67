"""One server program as a child that ends with the tests, however they end."""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.servers.binaries import ServerUnavailable

_PR_SET_PDEATHSIG = 1
_SECONDS_TO_STOP = 5


def free_port() -> int:
    """Find a port that nobody uses, so that two checkouts can test at once."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class ServerProcess:
    """
    A started program with a folder of its own.

    ``user`` is who runs it where the tests run as root (some servers refuse root). It can be
    killed, paused and started again on the same folder and port, which is what chaos tests do.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        folder: Path,
        ready: Callable[[], bool],
        environment: Mapping[str, str] | None = None,
        user: str | None = None,
        working_folder: Path | None = None,
        seconds_to_start: float = 90,
    ) -> None:
        self.folder = folder
        self._command = [str(part) for part in command]
        self._ready = ready
        self._environment = {**os.environ, **(environment or {})}
        self._user = user if os.geteuid() == 0 else None
        self._working_folder = working_folder or folder
        self._seconds_to_start = seconds_to_start
        self._log = folder / "server.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command,
                cwd=self._working_folder,
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                user=self._user,
                group=_group_of(self._user),
                extra_groups=[] if self._user else None,
                preexec_fn=die_with_parent,
            )
        self._wait_until_ready()

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def stop(self) -> None:
        """Ask it to end, and insist after a while."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.kill()

    def pause(self) -> None:
        """Let it hang: connections stay open and nothing answers."""
        if self.process:
            self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on after a pause."""
        if self.process:
            self.process.send_signal(signal.SIGCONT)

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + self._seconds_to_start
        while time.monotonic() < deadline:
            if self.process and self.process.poll() is not None:
                break
            if _answers(self._ready):
                return
            time.sleep(0.1)
        self.kill()
        tail = self._log.read_text(errors="replace")[-600:]
        raise ServerUnavailable(f"{Path(self._command[0]).name} did not start: {tail}")


def new_folder(user: str | None = None) -> Path:
    """Make a folder for a server's data that ``user`` may write."""
    folder = Path(tempfile.mkdtemp(prefix="jixiao-server-"))
    if user and os.geteuid() == 0:
        shutil.chown(folder, user, _group_of(user))
    return folder


def _group_of(user: str | None) -> str | None:
    return None if user is None else "nogroup"


def _answers(ready: Callable[[], bool]) -> bool:
    try:
        return ready()
    except (OSError, ValueError):
        return False


def die_with_parent() -> None:
    """Linux ends the server when the test process is gone, however it went."""
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    except (OSError, AttributeError):
        return
