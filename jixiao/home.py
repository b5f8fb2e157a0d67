"""The folder in which a laptop keeps everything, and the lock that lets one process work in it."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

INBOX = "inbox"


class HomeBusy(Exception):
    """Another process works in this home; ``work`` says which and since when it can be reached where."""

    def __init__(self, work: dict[str, object]) -> None:
        self.work = work
        super().__init__(f"home is in use by process {work.get('pid', '?')}")


@dataclass(frozen=True, slots=True)
class Home:
    """
    Where things lie: what was dropped, originals and artifacts, bookkeeping, and what can be made anew.

    ``inbox`` and ``store`` are the truth; ``index`` and ``pictures`` may be deleted at any time.
    """

    folder: Path

    @property
    def inbox(self) -> Path:
        return self.folder / INBOX

    @property
    def store(self) -> Path:
        return self.folder / "store"

    @property
    def ledger(self) -> Path:
        return self.folder / "ledger.db"

    @property
    def index(self) -> Path:
        return self.folder / "index"

    @property
    def pictures(self) -> Path:
        return self.folder / "pictures"

    @property
    def log(self) -> Path:
        return self.folder / "jixiao.log"

    def make(self) -> None:
        """Create the folders that a person looks for."""
        for folder in (self.inbox, self.store):
            folder.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def locked(self, **work: object) -> Iterator[None]:
        """Be the one process that works here; HomeBusy where another one is."""
        with self._taken("lock", work):
            yield

    @contextmanager
    def rebuilding(self) -> Iterator[None]:
        """Be the one process that builds the index anew, be it beside a server that works here."""
        with self._taken("rebuild.lock", {"command": "rebuild-index"}):
            yield

    @contextmanager
    def _taken(self, lock: str, work: Mapping[str, object]) -> Iterator[None]:
        """The lock goes with its process, however that ends, so that nobody ever has to delete it."""
        self.make()
        with (self.folder / lock).open("a+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise HomeBusy(_read_work(file.name)) from error
            file.truncate(0)
            file.write(json.dumps({"pid": os.getpid(), **work}))
            file.flush()
            try:
                yield
            finally:
                file.truncate(0)

    def worker(self) -> dict[str, object] | None:
        """Say which process works here now, None where none does."""
        try:
            with self.locked():
                return None
        except HomeBusy as busy:
            return busy.work


def _read_work(path: str) -> dict[str, object]:
    try:
        return dict(json.loads(Path(path).read_text()))
    except (OSError, ValueError):
        return {}
