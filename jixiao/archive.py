"""What can be asked and announced without working: ledger, store and bus of a home."""

from dataclasses import dataclass

from jixiao.home import INBOX, Home
from shared.contracts.ledger import DocumentEntry, QuarantineEntry
from shared.runtime.bus import DurableBus
from shared.runtime.database import open_sqlite
from shared.runtime.ledger import DatabaseLedger
from shared.runtime.object_store import FolderStore

ENDS = frozenset({"indexed", "no_records", "waiting_for_ocr", "quarantined", "removed"})


@dataclass(frozen=True, slots=True)
class Archive:
    """The durable part of a home; any number of processes may have it open."""

    home: Home
    ledger: DatabaseLedger
    bus: DurableBus
    store: FolderStore
    inbox: FolderStore

    def end_of(self, key: str, version: str) -> DocumentEntry | QuarantineEntry | None:
        """Say what became of an upload, None while it is not known yet."""
        subjects = self.bus.subjects()
        if f"{INBOX}/{key}" in subjects:
            return None
        source = self.ledger.source_at(INBOX, key)
        if source is None or source.version != version:
            return self._refused(key, version)
        entry = self.ledger.document(source.document_id)
        settled = entry and entry.state in ENDS and entry.document_id not in subjects
        return entry if settled else None

    def documents_named(self, wanted: str) -> list[DocumentEntry]:
        """Find documents by the beginning of their hash or by file name."""
        entries = list(self.ledger.documents())
        by_name = [entry for entry in entries if entry.file_name == wanted]
        by_hash = [entry for entry in entries if entry.document_id.startswith(wanted.lower())]
        return by_name or (by_hash if len(wanted) >= _SHORTEST_HASH else [])

    def _refused(self, key: str, version: str) -> QuarantineEntry | None:
        return next(
            (
                entry
                for entry in self.ledger.quarantined()
                if (entry.bucket, entry.key, entry.event.get("version")) == (INBOX, key, version)
            ),
            None,
        )


_SHORTEST_HASH = 4


def open_archive(home: Home) -> Archive:
    """Open a home, making it where there is none."""
    home.make()
    engine = open_sqlite(home.ledger)
    return Archive(
        home, DatabaseLedger(engine), DurableBus(engine), FolderStore(home.store), FolderStore(home.inbox)
    )
