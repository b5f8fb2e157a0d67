"""``jixiao extract``: read files and print what is in them; nothing is kept."""

import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Annotated, TextIO

import typer

from jixiao.spreadsheet import write_records
from jixiao.telling import REJECTED, failures_told, tell, tell_rejection
from services.ingest.survey import survey_content
from services.parse.document import read_document
from shared.contracts.errors import DocumentRejected, FileTooLarge
from shared.contracts.flattening import records_of
from shared.contracts.records import Document
from shared.runtime.sandbox import Sandbox
from shared.runtime.settings import ReadingSettings


class Shape(StrEnum):
    """How the answer is written."""

    json = "json"
    jsonl = "jsonl"
    csv = "csv"


Files = Annotated[
    list[Path], typer.Argument(help="要读取的文件 files to read", exists=True, dir_okay=False, readable=True)
]
ShapeOption = Annotated[
    Shape,
    typer.Option(
        "--format",
        "-f",
        help="json：每个文件一行；jsonl：每条指标一行；csv：可用 Excel 打开",
        case_sensitive=False,
    ),
]


def extract(files: Files, shape: ShapeOption = Shape.json) -> None:
    """
    读取文件并输出其中的指标，不留任何状态。 Read files and print their indicators; keeps no state.

    标准输出只有数据，其余写到标准错误。 Standard output carries data only.

    退出码 exit codes: 0 已读 read, even without a table; 2 用法错误 usage; 3 有文件被拒绝 rejected.

    \b
    jixiao extract 预算.pdf
    jixiao extract *.pdf --format jsonl > records.jsonl
    jixiao extract 预算.pdf --format csv > 指标.csv
    """
    reading = ReadingSettings()
    rejected: list[Path] = []
    with failures_told(), Sandbox(reading.sandbox_limits(), size=reading.processes) as sandbox:
        documents = _read_all(files, sandbox, reading, rejected)
        _write(documents, shape, _standard_output())
    if rejected:
        raise typer.Exit(REJECTED)


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


def _write(documents: Iterable[Document], shape: Shape, target: TextIO) -> None:
    if shape is Shape.csv:
        write_records(chain.from_iterable(map(records_of, documents)), target)
        return
    for document in documents:
        models = [document] if shape is Shape.json else records_of(document)
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
