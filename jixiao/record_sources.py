"""Where readings are compared from: a file that ``extract`` or ``export`` wrote, or a home."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from jixiao.archive import open_archive
from jixiao.differences import DocumentDifference, compare
from jixiao.home import Home
from jixiao.items import ReadDocument, of_document, of_records
from shared.contracts.artifacts import READING
from shared.contracts.ledger import GONE
from shared.contracts.records import Document, Record


class NotReadings(Exception):
    """The file holds something else than documents or records."""

    def __init__(self, path: Path, line: int) -> None:
        self.path, self.line = path, line
        super().__init__(f"{path}:{line}")


def compare_sources(old: Path, new: Path) -> Iterator[DocumentDifference]:
    """Compare two files or homes document by document, those of one side only too."""
    before, after = _readings(old), _readings(new)
    for document_id in sorted({*before, *after}):
        yield compare(before.get(document_id), after.get(document_id))


def _readings(source: Path) -> Mapping[str, ReadDocument]:
    return _of_home(Home(source)) if source.is_dir() else _of_file(source)


def _of_home(home: Home) -> dict[str, ReadDocument]:
    archive = open_archive(home)
    ids = [entry.document_id for entry in archive.ledger.documents() if entry.state not in GONE]
    return {
        document_id: of_document(READING.load(archive.store, document_id))
        for document_id in ids
        if READING.exists(archive.store, document_id)
    }


def _of_file(path: Path) -> dict[str, ReadDocument]:
    documents: dict[str, ReadDocument] = {}
    records: dict[str, list[Record]] = {}
    for number, line in enumerate(_lines(path), start=1):
        try:
            if "tables" in json.loads(line):
                document = of_document(Document.model_validate_json(line))
                documents[document.document_id] = document
            else:
                record = Record.model_validate_json(line)
                records.setdefault(record.document_id, []).append(record)
        except (ValueError, TypeError, ValidationError) as error:
            raise NotReadings(path, number) from error
    return {**{key: of_records(found) for key, found in records.items()}, **documents}


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8-sig", newline="\n", errors="replace") as file:
        yield from (line for line in file if line.strip())
