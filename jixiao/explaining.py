"""Explains files: each table with its form, or totals over whole folders."""

import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Final

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from jixiao.deposit import files_below
from jixiao.explanation_text import describe_document, describe_summary
from jixiao.extraction import Desk, open_file
from jixiao.forms_summary import FileEnd, summarise
from jixiao.scans import scan_reader
from jixiao.telling import errors, tell_rejection
from services.parse.document import explain_document
from services.parse.explained import DocumentShown
from shared.contracts.errors import DocumentRejected
from shared.runtime.sandbox import Sandbox
from shared.runtime.settings import OcrSettings, ReadingSettings

_COLUMNS: Final = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())


def explain_files(paths: Sequence[Path], *, as_json: bool, with_ocr: bool, every: bool) -> int:
    """Write what became of each table of these files; answer how many files were rejected."""
    rejected = 0
    for end in _ends(paths, with_ocr=with_ocr):
        if isinstance(end.outcome, DocumentRejected):
            rejected += 1
            tell_rejection(end.name, end.outcome)
        elif as_json:
            typer.echo(json.dumps(asdict(end.outcome), ensure_ascii=False))
        else:
            typer.echo("\n".join(describe_document(end.outcome, every=every)))
    return rejected


def summarise_files(paths: Iterable[Path], *, as_json: bool, with_ocr: bool) -> None:
    """Write totals over files and folders; every file is among them, a rejected one too."""
    files = [(file, key) for path in paths for file, key in files_below(path)]
    names = dict(files)
    with Progress(*_COLUMNS, console=errors, transient=True) as progress:
        task = progress.add_task("读取 reading", total=len(files))
        ends = []
        for end in _ends(list(names), with_ocr=with_ocr):
            ends.append(FileEnd(names[end.path], end.path, end.outcome))
            progress.advance(task)
    summary = summarise(ends)
    typer.echo(
        json.dumps(asdict(summary), ensure_ascii=False) if as_json else "\n".join(describe_summary(summary))
    )


def _ends(paths: Sequence[Path], *, with_ocr: bool) -> Iterator[FileEnd]:
    """Read the files side by side, and give them in the order asked for."""
    reading = ReadingSettings()
    with (
        _desk(reading, len(paths), with_ocr=with_ocr) as desk,
        ThreadPoolExecutor(reading.processes) as readers,
    ):
        futures = [readers.submit(_end, path, desk) for path in paths]
        try:
            for future in futures:
                yield future.result()
        except BaseException:
            desk.close()
            readers.shutdown(cancel_futures=True)
            raise


@contextmanager
def _desk(reading: ReadingSettings, files: int, *, with_ocr: bool) -> Iterator[Desk]:
    scans = scan_reader(OcrSettings()) if with_ocr else nullcontext(None)
    size = max(1, min(reading.processes, files))
    with Sandbox(reading.sandbox_limits(), size=size) as sandbox, scans as reader:
        yield Desk(sandbox, reading, reader)


def _end(path: Path, desk: Desk) -> FileEnd:
    outcome: DocumentShown | DocumentRejected
    try:
        outcome = open_file(path, desk, explain_document)
    except DocumentRejected as reason:
        outcome = reason
    return FileEnd(path.name, path, outcome)
