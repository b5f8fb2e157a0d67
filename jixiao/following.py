"""Follows uploads until they have come to an end."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from jixiao.archive import Archive
from jixiao.home import INBOX
from shared.contracts.events import DocumentUploaded
from shared.contracts.ledger import ENDS, DocumentEntry, QuarantineEntry, State
from shared.runtime.worker import entry_id_of

_LOOKED_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class End:
    """How an upload ended: its document, where it became one, and why it was refused, where it was."""

    key: str
    document: DocumentEntry | None = None
    refusal: QuarantineEntry | None = None

    @property
    def state(self) -> State:
        if self.refusal:
            return "quarantined"
        return self.document.state if self.document else "removed"


@dataclass(slots=True)
class Followed:
    """
    Uploads on their way.

    Only the first of them are looked at each time: they end in the order in which they came,
    and a bulk load must not be slowed down by being watched.
    """

    archive: Archive
    keys: Iterable[str]
    note: Callable[[End], None]
    _waiting: dict[str, None] = field(init=False)

    def __post_init__(self) -> None:
        self._waiting = dict.fromkeys(self.keys)

    def are_done(self) -> bool:
        """Note which have come to an end since the last look, and say whether all have."""
        subjects = self.archive.bus.subjects()
        for key in list(islice(self._waiting, _LOOKED_AT_ONCE)):
            end = self._end_of(key, subjects)
            if end is not None:
                del self._waiting[key]
                self.note(end)
        return not self._waiting

    def _end_of(self, key: str, subjects: set[str]) -> End | None:
        upload = f"{INBOX}/{key}"
        source = self.archive.ledger.source_at(INBOX, key)
        if upload in subjects or (source and source.document_id in subjects):
            return None
        try:
            version = self.archive.inbox.version(key)
        except KeyError:
            return End(key)
        refusal = self.archive.ledger.quarantine(entry_id_of(source.document_id if source else upload))
        document = self.archive.ledger.document(source.document_id) if source else None
        if source and source.version == version and document and document.state in ENDS:
            return End(key, document, refusal)
        if refusal and refusal.event.get("version") == version:
            return End(key, None, refusal)
        self._announce_again(key, version)
        return None

    def _announce_again(self, key: str, version: str) -> None:
        """The file was replaced while it was followed, or the news of it was lost."""
        self.archive.bus.announce(DocumentUploaded(bucket=INBOX, key=key, version=version))
