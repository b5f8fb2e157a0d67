"""``jixiao status``: what became of the documents."""

import json
from collections.abc import Iterator
from typing import Annotated, Final

import typer

from jixiao.archive import Archive
from jixiao.home import Home
from jixiao.installation import Installation, open_installation
from jixiao.telling import STATES, describe, fail, failures_told
from shared.contracts.artifacts import READING, recognition_progress
from shared.contracts.ledger import DocumentEntry
from shared.runtime.database import now
from shared.runtime.progress import Batch, Pace, Stage, batches_of, pace_of, stages_of

_MOST_LOOKED_AT: Final = 50  # a bulk load has thousands under way, and each look reads the store

Wanted = Annotated[
    str | None,
    typer.Argument(metavar="[DOCUMENT]", help="文件名，或文档号开头 file name, or beginning of its id"),
]
ByBatch = Annotated[bool, typer.Option("--batches", help="按上传文件夹统计 count by folder of upload")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON")]


def status(
    context: typer.Context, document: Wanted = None, batches: ByBatch = False, as_json: AsJson = False
) -> None:
    """
    查看处理进度，或一份文件的情况。 Show progress, or what became of one document.

    退出码 exit codes: 0 正常 fine, 1 没有这份文件 no such document.

    \b
    jixiao status
    jixiao status --batches
    jixiao status 预算.pdf
    """
    home: Home = context.obj
    with failures_told():
        archive = open_installation(home)
        if batches:
            _show_batches(archive, as_json=as_json)
            return
        if document is None:
            _show_overview(archive, as_json=as_json)
            return
        entries = archive.documents_named(document)
        if not entries:
            fail(f"没有这份文件：{document} no such document")
        for entry in entries:
            _show_document(archive, entry, as_json=as_json)


def _show_overview(archive: Installation, *, as_json: bool) -> None:
    moment, states, waiting = now(), dict(archive.ledger.counts()), dict(archive.bus.waiting())
    worker, pace = archive.worker(), pace_of(archive.ledger, moment=moment)
    stages = stages_of(archive.ledger, waiting, moment=moment)
    if as_json:
        overview = {"documents": states, "to_do": waiting, "worker": worker}
        told = {"ended_an_hour": pace.an_hour, "seconds_left": pace.seconds_left}
        shown = {"stages": [stage.model_dump() for stage in stages]}
        typer.echo(json.dumps({**overview, **told, **shown}))
        return
    typer.echo(f"目录 home    {archive.where}")
    for state in filter(states.get, STATES):
        typer.echo(f"{states[state]:>8}  {STATES[state]}")
    for line in (*_stages_told(stages), *_scans_at_work(archive), *_pace_told(pace)):
        typer.echo(line)
    if worker:
        address = worker.get("address")
        typer.echo(f"正在运行 running: {worker.get('command')} {address or ''} (pid {worker.get('pid')})")
    elif waiting and isinstance(archive, Archive):
        typer.echo("没有进程在处理；运行 jixiao serve 继续。 Nobody works here: run jixiao serve to go on.")


def _stages_told(stages: tuple[Stage, ...]) -> Iterator[str]:
    for stage in stages:
        if stage.waiting:
            pace = f"{stage.pace.an_hour} 项/小时 an hour{_left(stage.pace)}"
            yield f"{stage.waiting:>8}  待办 to do: {stage.service}  {pace}"


def _pace_told(pace: Pace) -> Iterator[str]:
    if pace.seconds_left:
        yield f"速度 pace    {pace.an_hour} 份/小时 an hour{_left(pace)}"


def _left(pace: Pace) -> str:
    if pace.seconds_left is None:
        return ""
    return f"，约剩 left: {max(1, round(pace.seconds_left / 60))} 分钟 minutes"


def _show_batches(archive: Installation, *, as_json: bool) -> None:
    batches = batches_of(archive.ledger, moment=now())
    if as_json:
        shown = [batch.model_dump(mode="json") for batch in batches]
        typer.echo(json.dumps(shown, ensure_ascii=False))
        return
    for batch in batches:
        typer.echo(
            "  ".join((f"{batch.ended:>8}/{batch.documents}", batch.folder or "/", *_batch_told(batch)))
        )


def _batch_told(batch: Batch) -> Iterator[str]:
    yield "，".join(
        f"{told} {batch.states[state]}" for state, told in STATES.items() if state in batch.states
    )
    if batch.ended < batch.documents:
        yield f"{batch.pace.an_hour} 份/小时 an hour{_left(batch.pace)}"


def _show_document(archive: Installation, entry: DocumentEntry, *, as_json: bool) -> None:
    if as_json:
        typer.echo(entry.model_dump_json())
        return
    typer.echo(f"{entry.file_name}\n  文档号 id   {entry.document_id}\n  状态 state  {describe(entry)}")
    if progress := _recognised(archive, entry):
        typer.echo(f"  识别 OCR    {progress}")
    for source in archive.ledger.sources(entry.document_id):
        typer.echo(f"  来源 source {source.bucket}/{source.key}")
    for refused in archive.ledger.quarantined():
        if refused.document_id == entry.document_id:
            typer.echo(f"  搁置 quarantined at {refused.stage}: [{refused.code}] {refused.advice}")
    for line in _findings(archive, entry):
        typer.echo(f"  发现 finding {line}")


def _scans_at_work(archive: Installation) -> Iterator[str]:
    for entry in archive.ledger.overdue(("received",), since=now(), limit=_MOST_LOOKED_AT):
        if progress := _recognised(archive, entry):
            yield f"{'':>8}  识别中 OCR {progress}: {entry.file_name}"


def _recognised(archive: Installation, entry: DocumentEntry) -> str | None:
    """Say how many of the scanned pages were read, None where there are none."""
    progress = recognition_progress(archive.store, entry.document_id)
    return f"{progress[0]}/{progress[1]} 页 pages" if progress else None


def _findings(archive: Installation, entry: DocumentEntry) -> list[str]:
    try:
        document = READING.load(archive.store, entry.document_id)
    except KeyError:
        return []
    return [
        f"[{finding.code}] {f'第 {finding.page} 页 ' if finding.page else ''}{finding.message}"
        for finding in document.findings
        if finding.severity != "info" or finding.record_id is None
    ]
