"""What can be asked and announced without working: ledger, store and bus of a home."""

from dataclasses import dataclass

from jixiao.home import Home
from shared.contracts.ledger import DocumentEntry, Ledger
from shared.runtime.bus import DurableBus
from shared.runtime.database import open_sqlite
from shared.runtime.ledger import DatabaseLedger
from shared.runtime.object_store import FolderStore

_SHORTEST_HASH = 4


@dataclass(frozen=True, slots=True)
class Archive:
    """The durable part of a home; any number of processes may have it open."""

    home: Home
    ledger: DatabaseLedger
    bus: DurableBus
    store: FolderStore
    inbox: FolderStore

    def documents_named(self, wanted: str) -> list[DocumentEntry]:
        """Find documents by the beginning of their hash or by file name."""
        return documents_named(self.ledger, wanted)

    @property
    def where(self) -> str:
        """Say which home this is."""
        return str(self.home.folder.resolve())

    def worker(self) -> dict[str, object] | None:
        """Say which process works here now."""
        return self.home.worker()


def documents_named(ledger: Ledger, wanted: str) -> list[DocumentEntry]:
    """Find documents by file name, or else by the beginning of their hash."""
    entries = list(ledger.documents())
    by_name = [entry for entry in entries if entry.file_name == wanted]
    by_hash = [entry for entry in entries if entry.document_id.startswith(wanted.lower())]
    return by_name or (by_hash if len(wanted) >= _SHORTEST_HASH else [])


def open_archive(home: Home) -> Archive:
    """Open a home, making it where there is none."""
    home.make()
    engine = open_sqlite(home.ledger)
    return Archive(
        home, DatabaseLedger(engine), DurableBus(engine), FolderStore(home.store), FolderStore(home.inbox)
    )
