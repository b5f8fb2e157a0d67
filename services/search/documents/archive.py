"""Everything the pages and the interface for programs read from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from services.search.documents.catalogue import Catalogue
from services.search.documents.pictures import Pictures
from services.search.documents.readings import Readings
from services.search.problems import document_not_found, reading_not_found, record_not_found
from shared.contracts.artifacts import ObjectStore, original_key
from shared.contracts.flattening import records_of
from shared.contracts.ledger import DocumentEntry, Ledger
from shared.contracts.records import Document, Record
from shared.contracts.search import SearchIndex

_DOCUMENT_ID = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Archive:
    """The ports that answers come from; what is missing there is refused with a reason."""

    index: SearchIndex
    store: ObjectStore
    ledger: Ledger
    pictures: Pictures
    readings: Readings
    catalogue: Catalogue

    def record(self, record_id: str) -> Record:
        """Find one record."""
        try:
            return self.index.get(record_id)
        except KeyError as error:
            raise record_not_found() from error

    def entry(self, document_id: str) -> DocumentEntry:
        """
        Find what became of a document.

        Ids end up in keys of the object store, so nothing that is not a hash goes further than this.
        A document that was replaced by a newer one can still be read: it may have been cited.
        """
        found = self.ledger.document(document_id) if _DOCUMENT_ID.fullmatch(document_id) else None
        if found is None or found.state == "removed":
            raise document_not_found()
        return found

    def successor(self, document_id: str) -> DocumentEntry | None:
        """Find the latest document that took the place of this one under its key."""
        successor_id = self.ledger.successor(document_id)
        found = self.ledger.document(successor_id) if successor_id else None
        if found and found.state == "superseded":
            return self.successor(found.document_id) or found
        return found if found and found.state != "removed" else None

    def cited_record(self, document_id: str, record_id: str) -> Record | None:
        """
        Find a record that was cited in its document's reading, whatever the index holds.

        None where the present reading has no such record; refused where the document is gone.
        """
        document = self.reading(document_id)
        return next((one for one in records_of(document) if one.record_id == record_id), None)

    def reading(self, document_id: str) -> Document:
        """Load what was read from a document."""
        self.entry(document_id)
        try:
            return self.readings.load(document_id)
        except KeyError as error:
            raise reading_not_found() from error

    def original(self, document_id: str) -> bytes:
        """Load the bytes of a document as they were uploaded."""
        self.entry(document_id)
        try:
            return self.store.read(original_key(document_id))
        except KeyError as error:
            raise document_not_found() from error

    def record_count(self) -> int:
        """Count the records that can be found."""
        return sum(self.index.document_counts().values())

    def state_counts(self) -> Mapping[str, int]:
        """Count documents by state."""
        return dict(self.ledger.counts())
