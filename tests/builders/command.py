"""Runs the command as a person would: in a process of its own."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from jixiao.archive import open_archive
from jixiao.home import Home
from tests.servers.process import die_with_parent

PATIENCE_SECONDS = 180


def wait_for(question: Callable[[], object], *, seconds: float = PATIENCE_SECONDS) -> object:
    """Ask until the answer is true; fail loudly when it never is."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = question()
        if answer:
            return answer
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds} s in vain")


class Command:
    """``jixiao`` with a home of its own; without an ``engine`` scans wait, as most tests have it."""

    def __init__(self, home: Path, *, engine: str = "none") -> None:
        self.home = home
        self._engine = engine
        self.inbox = home / "inbox"

    def __call__(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self._words(arguments),
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
            env=_environment(self._engine),
        )

    def start(self, *arguments: object) -> "Running":
        return Running(self._words(arguments), engine=self._engine)

    @contextmanager
    def serving(self, *arguments: object):
        server = self.start("serve", "--port", "0", *arguments)
        try:
            wait_for(lambda: "Ctrl-C" in server.told() or not server.is_alive())
            assert server.is_alive(), "the server did not start"
            yield server
        except BaseException as failure:
            failure.add_note(server.told())
            raise
        finally:
            server.kill()

    def status(self) -> dict[str, dict[str, int]]:
        """Ask the ledger itself: starting a command each time would slow down what is watched."""
        archive = open_archive(Home(self.home))
        return {"documents": dict(archive.ledger.counts()), "to_do": dict(archive.bus.waiting())}

    def states(self) -> dict[str, int]:
        return self.status()["documents"]

    def records(self) -> list[str]:
        """Export what can be found, in an order that does not depend on the index."""
        return sorted(self("export").stdout.splitlines())

    def _words(self, arguments: tuple[object, ...]) -> list[str]:
        return [sys.executable, "-m", "jixiao", "--home", str(self.home), *map(str, arguments)]


class Running:
    """A process of the command, and what it has told so far."""

    def __init__(self, words: list[str], *, engine: str) -> None:
        self.process = subprocess.Popen(
            words,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env=_environment(engine),
            preexec_fn=die_with_parent,
        )
        self._lines: list[str] = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def told(self) -> str:
        return "".join(self._lines)

    def is_alive(self) -> bool:
        return self.process.poll() is None

    @property
    def address(self) -> str:
        return re.search(r"http://\S+", self.told())[0]

    def get(self, path: str) -> object:
        with urllib.request.urlopen(self.address + path, timeout=10) as answer:  # noqa: S310 (our own address)
            return json.loads(answer.read())

    def children(self) -> list[int]:
        listed = subprocess.run(
            ["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True
        ).stdout
        pairs = (map(int, line.split()) for line in listed.splitlines())
        return [child for child, parent in pairs if parent == self.process.pid]

    def interrupt(self) -> int:
        """Press Ctrl-C; answer the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(30)
        self._listener.join(5)
        if self.process.stderr:
            self.process.stderr.close()

    def _listen(self) -> None:
        for line in self.process.stderr or ():
            self._lines.append(line)


def _environment(engine: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JIXIAO_")}
    return {**kept, "COLUMNS": "200", "JIXIAO_OCR_ENGINE": engine}
