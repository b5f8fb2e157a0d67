"""Reads files as the services would, and keeps nothing."""

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TextIO, TypeVar

from jixiao.scans import recognise_pages, scan_reader
from jixiao.shapes import DocumentShape
from jixiao.telling import tell, tell_rejection
from services.ingest.survey import survey_content
from services.ocr.engines.installed import EngineName
from services.ocr.handle import PageReader
from services.parse.document import read_document
from shared.contracts.errors import DocumentRejected, FileTooLarge
from shared.contracts.flattening import records_of
from shared.contracts.records import Document
from shared.export import ExportFormat, write_chunks
from shared.runtime.sandbox import Sandbox
from shared.runtime.settings import OcrSettings, ReadingSettings

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Desk:
    """What files are read with; ``scans`` is None where no OCR engine is installed."""

    sandbox: Sandbox
    reading: ReadingSettings
    scans: PageReader | None

    def close(self) -> None:
        """Kill what is still reading, so that nobody waits for it."""
        self.sandbox.close()
        if self.scans:
            self.scans.close()


def write_files(files: Sequence[Path], shape: DocumentShape, engine: EngineName = "auto") -> list[Path]:
    """Write what is in the files to standard output; answer which were rejected."""
    reading, ocr = ReadingSettings(), OcrSettings()
    if engine != "auto":
        ocr = ocr.model_copy(update={"engine": engine})
    rejected: list[Path] = []
    processes = min(reading.processes, len(files))
    with Sandbox(reading.sandbox_limits(), size=processes) as sandbox, scan_reader(ocr) as scans:
        documents = _read_all(files, Desk(sandbox, reading, scans), rejected)
        _write(documents, shape, _standard_output())
    return rejected


def read_file(path: Path, desk: Desk) -> Document:
    """Read one file as the services would, without keeping anything."""
    return open_file(path, desk, read_document)


def open_file(path: Path, desk: Desk, read: Callable[..., T]) -> T:
    """Have one file opened by ``read``, in the sandbox, as the services open files."""
    size, limits = path.stat().st_size, desk.reading
    if size > limits.file_bytes:
        raise FileTooLarge(size_bytes=size, limit_bytes=limits.file_bytes)
    content = path.read_bytes()
    survey = desk.sandbox.run(survey_content, content, file_name=path.name, page_limit=limits.pages)
    recognised = recognise_pages(content, survey, desk.scans, name=path.name) if desk.scans else {}
    return desk.sandbox.run(
        read, content, file_name=path.name, media_type=survey.media_type, recognised=recognised
    )


def _read_all(files: Sequence[Path], desk: Desk, rejected: list[Path]) -> Iterator[Document]:
    with ThreadPoolExecutor(desk.reading.processes) as readers:
        readings = [readers.submit(read_file, path, desk) for path in files]
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
            desk.close()
            readers.shutdown(cancel_futures=True)
            raise


def _write(documents: Iterable[Document], shape: DocumentShape, target: TextIO) -> None:
    if shape is DocumentShape.csv:
        records = chain.from_iterable(map(records_of, documents))
        target.writelines(chunk.decode() for chunk in write_chunks(records, ExportFormat.csv))
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
