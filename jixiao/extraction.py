"""Reads files as the services would, and keeps nothing."""

import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import TextIO

from jixiao.shapes import DocumentShape
from jixiao.spreadsheet import write_records
from jixiao.telling import tell, tell_rejection
from services.ingest.survey import survey_content
from services.parse.document import read_document
from shared.contracts.errors import DocumentRejected, FileTooLarge
from shared.contracts.flattening import records_of
from shared.contracts.records import Document
from shared.runtime.sandbox import Sandbox
from shared.runtime.settings import ReadingSettings


def write_files(files: Sequence[Path], shape: DocumentShape) -> list[Path]:
    """Write what is in the files to standard output; answer which were rejected."""
    reading = ReadingSettings()
    rejected: list[Path] = []
    with Sandbox(reading.sandbox_limits(), size=min(reading.processes, len(files))) as sandbox:
        documents = _read_all(files, sandbox, reading, rejected)
        _write(documents, shape, _standard_output())
    return rejected


def read_file(path: Path, sandbox: Sandbox, reading: ReadingSettings) -> Document:
    """Read one file as the services would, without keeping anything."""
    size = path.stat().st_size
    if size > reading.file_bytes:
        raise FileTooLarge(size_bytes=size, limit_bytes=reading.file_bytes)
    content = path.read_bytes()
    survey = sandbox.run(survey_content, content, file_name=path.name, page_limit=reading.pages)
    return sandbox.run(read_document, content, file_name=path.name, media_type=survey.media_type)


def _read_all(
    files: Sequence[Path], sandbox: Sandbox, reading: ReadingSettings, rejected: list[Path]
) -> Iterator[Document]:
    with ThreadPoolExecutor(reading.processes) as readers:
        readings = [readers.submit(read_file, path, sandbox, reading) for path in files]
        try:
            for path, future in zip(files, readings, strict=True):
                try:
                    document = future.result()
                except DocumentRejected as reason:
                    rejected.append(path)
                    tell_rejection(path.name, reason)
                    continue
                _tell_findings(document)
                yield document
        except BaseException:
            sandbox.close()
            readers.shutdown(cancel_futures=True)
            raise


def _write(documents: Iterable[Document], shape: DocumentShape, target: TextIO) -> None:
    if shape is DocumentShape.csv:
        write_records(chain.from_iterable(map(records_of, documents)), target)
        return
    for document in documents:
        models = [document] if shape is DocumentShape.json else records_of(document)
        for model in models:
            target.write(model.model_dump_json(by_alias=True) + "\n")


def _tell_findings(document: Document) -> None:
    for finding in document.findings:
        if finding.severity != "info" or not document.tables:
            place = f"第 {finding.page} 页 " if finding.page else ""
            tell(f"· {document.file_name}  {place}[{finding.code}] {finding.message}")


def _standard_output() -> TextIO:
    """Write UTF-8 and plain line ends whatever the terminal's locale is, so that bytes never differ."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    return sys.stdout
