"""Facts that a stage announces. Messages carry identifiers, never content."""

from pydantic import Field

from shared.contracts.records import Model


class Event(Model):
    """Something that happened; its class name is its routing key."""


class DocumentUploaded(Event):
    """Bytes appeared under a key of the bucket (a hint: they may be gone or replaced by now)."""

    bucket: str
    key: str
    version: str | None = None
    hints: dict[str, str] = Field(default_factory=dict)


class UploadRemoved(Event):
    """A key of the bucket was deleted."""

    bucket: str
    key: str
    version: str | None = None


class DocumentIdentified(Event):
    """A document was stored under its hash and has pages whose text can be read as it is."""

    document_id: str


class ScansFound(Event):
    """A document has pages without a trustworthy text layer."""

    document_id: str
    pages: tuple[int, ...]


class PagesRecognised(Event):
    """OCR left the pages of a document in the object store."""

    document_id: str


class DocumentParsed(Event):
    """The tables of a document were read."""

    document_id: str


class DocumentIndexed(Event):
    """The records of a document can be found."""

    document_id: str


class DocumentWithdrawn(Event):
    """A document has no source any more and must no longer be found."""

    document_id: str
