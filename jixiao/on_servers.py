"""What the command line works with where the settings name servers instead of a home."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Final

from jixiao.archive import documents_named
from shared.contracts.artifacts import document_keys
from shared.contracts.errors import DependencyUnavailable
from shared.contracts.events import Event
from shared.contracts.ledger import DocumentEntry
from shared.runtime.celery_queue import CeleryBus
from shared.runtime.connected_index import connect_index
from shared.runtime.ledger import DatabaseLedger
from shared.runtime.locks import DatabaseLocks
from shared.runtime.ports import connect, connect_bus
from shared.runtime.s3_store import S3Store
from shared.runtime.server_settings import StoreSettings, UploadSettings
from shared.runtime.upload_bucket import UploadBucket

_PATIENCE_SECONDS: Final = 60.0
_LOOK_SECONDS: Final = 0.5


@dataclass(frozen=True, slots=True)
class ServerBus:
    """The queues; what a person asks for comes before any bulk load."""

    queues: CeleryBus

    def announce(self, event: Event) -> None:
        self.queues.announce(event)

    def waiting(self) -> Mapping[str, int]:
        return {service: count for service, count in self.queues.waiting().items() if count}


@dataclass(frozen=True, slots=True)
class ServerArchive:
    """Ledger, store and queues on servers; the work is done by the services."""

    ledger: DatabaseLedger
    bus: ServerBus
    store: S3Store
    uploads: UploadBucket
    locks: DatabaseLocks
    where: str

    def documents_named(self, wanted: str) -> list[DocumentEntry]:
        """Find documents by the beginning of their hash or by file name."""
        return documents_named(self.ledger, wanted)

    def worker(self) -> None:
        """Nobody in particular works here."""

    def forget(self, document_id: str) -> None:
        """
        Delete a document's uploads, originals and artifacts, and take it out of index and ledger.

        Nobody may be working on it meanwhile, or what it leaves behind came back. Of a versioned
        bucket only the latest version is deleted; the others are the administrator's.
        """
        deadline = monotonic() + _PATIENCE_SECONDS
        while not self._forget_unless_busy(document_id):
            if monotonic() > deadline:
                raise DependencyUnavailable("document is being worked on")
            sleep(_LOOK_SECONDS)

    def _forget_unless_busy(self, document_id: str) -> bool:
        with self.locks.taken(document_id) as is_ours:
            if is_ours:
                self._forget_now(document_id)
        return is_ours

    def _forget_now(self, document_id: str) -> None:
        for source in self.ledger.sources(document_id):
            if source.bucket == UploadSettings().bucket:
                self.uploads.delete(source.key)
            self.ledger.drop_source(source.bucket, source.key)
        connect_index().remove(document_id)
        for key in document_keys(self.store, document_id):
            self.store.delete(key)
        self.ledger.forget(document_id)


def open_servers() -> ServerArchive:
    """Connect to what the settings name."""
    ports = connect()
    bus, where = ServerBus(connect_bus()), StoreSettings().endpoint
    return ServerArchive(ports.ledger, bus, ports.store, ports.uploads, ports.locks, where)
