"""Takes uploads of the search page into the inbox, and has quarantined work done again."""

from pathlib import Path
from threading import Lock

from jixiao.archive import Archive
from jixiao.commands.quarantine import put_back
from jixiao.deposit import deposit
from jixiao.home import INBOX
from shared.contracts.events import DocumentUploaded
from shared.contracts.ledger import QuarantineEntry


class InboxIntake:
    """The intake of a home; files of one name are told apart, one upload at a time."""

    bucket = INBOX

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._turn = Lock()

    def receive(self, name: str, file: Path) -> str:
        """Put a file into the inbox and announce it; answer its key."""
        with self._turn:
            key = deposit(file, name, self._archive.inbox).key
        version = self._archive.inbox.version(key)
        known = self._archive.ledger.source_at(INBOX, key)
        if known is None or known.version != version:
            self._archive.bus.announce(DocumentUploaded(bucket=INBOX, key=key, version=version))
        return key

    def replay(self, entry: QuarantineEntry) -> None:
        """Announce again what was quarantined."""
        put_back(self._archive, entry)
