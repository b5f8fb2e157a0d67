"""The inbox: a folder whose files are uploads."""

import math
import os
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Final

from watchfiles import watch
from watchfiles.main import FileChange

from jixiao.home import INBOX
from shared.contracts.errors import DependencyUnavailable
from shared.contracts.events import DocumentUploaded, Event, UploadRemoved
from shared.contracts.ledger import Ledger
from shared.runtime.object_store import version_of
from shared.runtime.reconciler import missed_removals, missed_uploads
from shared.runtime.telemetry import logger

SETTLE_SECONDS: Final = 1.0
_RESCAN_SECONDS: Final = 60.0
_LOOK_MILLISECONDS: Final = 400
_UNFINISHED: Final = (".part", ".partial", ".crdownload", ".download", ".tmp", ".swp")

_log = logger(__name__)


def is_upload(key: str) -> bool:
    """Say whether a file is meant: hidden ones, Office's lock files and half a download are not."""
    name = key.rpartition("/")[2]
    hidden = any(part.startswith(".") for part in key.split("/"))
    return not hidden and not name.startswith("~$") and not name.lower().endswith(_UNFINISHED)


def list_uploads(folder: Path) -> dict[str, os.stat_result]:
    """List the uploads below a folder by key."""
    return dict(sorted(_uploads_below(folder)))


def _uploads_below(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    for parent, _, names in os.walk(folder):
        for path in (Path(parent, name) for name in names):
            key = path.relative_to(folder).as_posix()
            if is_upload(key) and _is_unicode(key):
                try:
                    yield key, path.stat()
                except FileNotFoundError:
                    continue


def _is_unicode(key: str) -> bool:
    try:
        key.encode()
    except UnicodeEncodeError:
        _log.warning("name_is_not_unicode", extra={"key": repr(key)})
        return False
    return True


@dataclass(slots=True)
class Settling:
    """
    Knows which files are still being written.

    A file is settled when it was last changed a while ago, or, because clocks of file servers
    go wrong, when it was seen unchanged for as long.
    """

    seconds: float = SETTLE_SECONDS
    _seen: dict[str, tuple[str, float]] = field(default_factory=dict)

    def settled(
        self, files: Mapping[str, os.stat_result], *, clock: float | None = None, moment: float | None = None
    ) -> dict[str, str]:
        """Split off the settled ones, with their versions; the others are remembered."""
        clock = time.time() if clock is None else clock
        moment = time.monotonic() if moment is None else moment
        settled: dict[str, str] = {}
        for key, status in files.items():
            version = version_of(status)
            before, since = self._seen.get(key, (version, moment))
            since = since if before == version else moment
            if clock - status.st_mtime >= self.seconds or moment - since >= self.seconds:
                settled[key] = version
                self._seen.pop(key, None)
            else:
                self._seen[key] = (version, since)
        return settled

    @property
    def waiting(self) -> tuple[str, ...]:
        """The keys that were seen and are not settled."""
        return tuple(self._seen)

    def forget(self, keys: Iterable[str]) -> None:
        """Drop keys that are gone."""
        for key in keys:
            self._seen.pop(key, None)


class InboxWatch:
    """Announces what happens in the inbox, and looks for what it was not told of."""

    def __init__(self, folder: Path, *, announce: Callable[[Event], None], ledger: Ledger) -> None:
        self._folder = folder.resolve()  # changes are told by their whole paths, links followed
        self._announce = announce
        self._ledger = ledger
        self._settling = Settling()
        self._stopping = threading.Event()
        self._rescanned_at = -math.inf
        self._thread = threading.Thread(target=self._run, name="inbox", daemon=True)

    def start(self) -> None:
        """Look through the whole inbox, then watch it."""
        self._thread.start()

    def stop(self) -> None:
        """Stop watching."""
        self._stopping.set()
        self._thread.join(5)

    def rescan(self) -> None:
        """Compare the whole inbox with the ledger."""
        files = list_uploads(self._folder)
        settled = self._settling.settled(files)
        for event in chain(
            missed_uploads(INBOX, settled, self._ledger), missed_removals(INBOX, files, self._ledger)
        ):
            self._announce(event)
        self._rescanned_at = time.monotonic()

    def look_at(self, paths: Iterable[Path]) -> None:
        """Look at single files that changed, and again at those that were not settled."""
        keys = {path.relative_to(self._folder).as_posix() for path in paths if not path.is_dir()}
        there: dict[str, os.stat_result] = {}
        for key in sorted(keys | set(self._settling.waiting)):
            status = _status(self._folder / key)
            if is_upload(key) and _is_unicode(key):
                if status is None:
                    self._settling.forget([key])
                    self._announce(UploadRemoved(bucket=INBOX, key=key))
                else:
                    there[key] = status
        for key, version in self._settling.settled(there).items():
            self._announce_version(key, version)

    def _announce_version(self, key: str, version: str) -> None:
        source = self._ledger.source_at(INBOX, key)
        if source is None or source.version != version:
            self._announce(DocumentUploaded(bucket=INBOX, key=key, version=version))

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._watch()
            except (DependencyUnavailable, OSError) as fault:
                _log.warning("inbox_unavailable", extra={"detail": str(fault)})
                self._stopping.wait(1)

    def _watch(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        changes = watch(
            self._folder,
            watch_filter=None,
            stop_event=self._stopping,
            rust_timeout=_LOOK_MILLISECONDS,
            debounce=_LOOK_MILLISECONDS,
            yield_on_timeout=True,
            raise_interrupt=False,
        )
        for changed in changes:  # the first comes when watching has begun, so that nothing falls between
            if time.monotonic() - self._rescanned_at > _RESCAN_SECONDS or _has_folders(changed):
                self.rescan()
            else:
                self.look_at(Path(name) for _, name in changed)


def _has_folders(changed: Collection[FileChange]) -> bool:
    """A folder that was moved here brings files nobody announces; one that left takes them along."""
    return any(Path(name).is_dir() or not Path(name).suffix for _, name in changed)


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
