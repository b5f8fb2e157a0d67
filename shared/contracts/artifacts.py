"""What stages leave for each other in the object store, under keys that anybody can work out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pydantic import Field, TypeAdapter

from shared.contracts.pages import Page
from shared.contracts.records import Document, Model

T = TypeVar("T")


class ObjectStore(Protocol):
    """
    Named bytes. Writing a key again replaces what it held; a key not there is a KeyError.

    ``version`` changes whenever a key's bytes are replaced, and costs no reading.
    """

    def read(self, key: str) -> bytes: ...
    def size(self, key: str) -> int: ...
    def version(self, key: str) -> str: ...
    def write(self, key: str, content: bytes) -> None: ...
    def delete(self, key: str) -> None: ...
    def keys(self, prefix: str) -> Iterator[str]: ...


def original_key(document_id: str) -> str:
    """Say where the bytes of a document are kept."""
    return f"originals/{document_id[:2]}/{document_id}"


class Survey(Model):
    """What ingest found out about a document before anybody read it."""

    document_id: str
    file_name: str
    media_type: str
    size_bytes: int
    page_count: int
    scanned_pages: dict[int, str] = Field(default_factory=dict)
    hints: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Artifact(Generic[T]):
    """One kind of thing a stage leaves, with the version of its shape."""

    name: str
    version: int
    model: type[T]

    def key(self, document_id: str, part: str = "") -> str:
        """Say where it is kept; ``part`` tells several of one document apart (a page)."""
        suffix = f"/{part}" if part else ""
        return f"artifacts/{document_id[:2]}/{document_id}/{self.name}.v{self.version}{suffix}.json"

    def prefix(self, document_id: str) -> str:
        """Say where all parts are kept."""
        return f"artifacts/{document_id[:2]}/{document_id}/{self.name}.v{self.version}/"

    def save(self, store: ObjectStore, document_id: str, value: T, part: str = "") -> None:
        """Write it; the same value gives the same bytes under the same key."""
        store.write(self.key(document_id, part), TypeAdapter(self.model).dump_json(value, by_alias=True))

    def load(self, store: ObjectStore, document_id: str, part: str = "") -> T:
        """Read it back; KeyError where no stage left it."""
        return TypeAdapter(self.model).validate_json(store.read(self.key(document_id, part)))

    def exists(self, store: ObjectStore, document_id: str, part: str = "") -> bool:
        """Say whether a stage left it."""
        return any(key == self.key(document_id, part) for key in store.keys(self.key(document_id, part)))


SURVEY = Artifact("survey", 1, Survey)  # ingest -> ocr, parse
PAGE = Artifact("page", 1, Page)  # parse -> search: plain text as laid out; a part for each page number
RECOGNISED = Artifact("recognised", 1, Page)  # ocr -> parse, search; a part for each page and reader
READING = Artifact("reading", 1, Document)  # parse -> index, search


def document_keys(store: ObjectStore, document_id: str) -> tuple[str, ...]:
    """List all that is kept of a document: its bytes and what the stages left."""
    artifacts = store.keys(f"artifacts/{document_id[:2]}/{document_id}/")
    return (original_key(document_id), *artifacts)


def reader_key(version: str) -> str:
    """Make of an engine and its model, as they call themselves, a part of a key."""
    return re.sub(r"[^0-9A-Za-z._+]+", "-", version).strip("-")


def recognised_part(number: int, version: str) -> str:
    """Say under which part of RECOGNISED the reading of a page by an engine and its model is kept."""
    return f"{number}/{reader_key(version)}"


def recognised_parts(store: ObjectStore, survey: Survey) -> dict[int, list[str]]:
    """List by page what OCR has left, the reading that is to be used last."""
    parts: dict[int, list[str]] = {}
    if survey.scanned_pages:
        prefix = RECOGNISED.prefix(survey.document_id)
        for key in sorted(store.keys(prefix), key=_by_rank):
            part = key.removeprefix(prefix).removesuffix(".json")
            parts.setdefault(int(part.partition("/")[0]), []).append(part)
    return parts


def _by_rank(key: str) -> tuple[bool, list[tuple[int, str]]]:
    """Put a newer version behind an older one, and what the fallback engine read before all others."""
    reader = key.rpartition("/")[2]
    numbered = [(int(digits or 0), words) for digits, words in re.findall(r"(\d+)|(\D+)", reader)]
    return not reader.startswith("tesseract"), numbered


def pages_not_recognised(store: ObjectStore, survey: Survey, version: str | None = None) -> tuple[int, ...]:
    """
    List the scanned pages that OCR (or one ``version`` of it) has not left yet.

    Joining is by looking at what lies in the store.
    """
    parts = recognised_parts(store, survey)
    return tuple(
        number
        for number in sorted(survey.scanned_pages)
        if not (
            parts.get(number)
            if version is None
            else recognised_part(number, version) in parts.get(number, ())
        )
    )


def recognition_progress(store: ObjectStore, document_id: str) -> tuple[int, int] | None:
    """Say how many of a document's scanned pages were read, and how many there are; None where none are."""
    try:
        survey = SURVEY.load(store, document_id)
    except KeyError:
        return None
    scans = len(survey.scanned_pages)
    return (scans - len(pages_not_recognised(store, survey)), scans) if scans else None


def reason_to_wait(survey: Survey, pages: tuple[int, ...]) -> str:
    """Say why these pages wait for OCR."""
    return ",".join(sorted({survey.scanned_pages[number] for number in pages}))
