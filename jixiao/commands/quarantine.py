"""``jixiao quarantine``: what could not be processed, and another try for it."""

from typing import Annotated

import typer

from jixiao.archive import Archive
from jixiao.commands.work import work_off
from jixiao.home import Home
from jixiao.installation import Installation, open_installation
from jixiao.telling import fail, failures_told, tell
from shared.contracts.ledger import QuarantineEntry
from shared.runtime.replaying import replay as release_again

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="无法处理的文件：查看、说明、重试。 What could not be processed: list, show, replay.",
)

Entry = Annotated[str, typer.Argument(help="编号开头，或文件名 beginning of the id, or file name")]
Entries = Annotated[list[str] | None, typer.Argument(help="编号或文件名 ids or file names")]
All = Annotated[bool, typer.Option("--all", help="全部重试 replay everything")]


@app.command("list")
def list_entries(context: typer.Context) -> None:
    """列出搁置的文件。 List what waits for a person."""
    with failures_told():
        for entry in _open(context).ledger.quarantined():
            typer.echo(f"{entry.entry_id}  {entry.stage:<6}  {entry.code:<24}  {entry.file_name}")


@app.command()
def show(context: typer.Context, wanted: Entry) -> None:
    """说明原因和办法。 Say why, and what can be done."""
    with failures_told():
        for entry in _found(_open(context), wanted):
            typer.echo(f"{entry.file_name}\n  [{entry.code}] {entry.advice}")
            typer.echo(f"  环节 stage {entry.stage} · {entry.quarantined_at:%Y-%m-%d %H:%M} UTC")
            if entry.document_id:
                typer.echo(f"  文档号 id {entry.document_id}")
            if entry.key:
                typer.echo(f"  来源 source {entry.bucket}/{entry.key}")


@app.command()
def replay(context: typer.Context, wanted: Entries = None, everything: All = False) -> None:
    """
    重新处理。 Process again, as after an upgrade.

    \b
    jixiao quarantine replay 预算.pdf
    jixiao quarantine replay --all
    """
    with failures_told():
        archive = _open(context)
        if everything:
            entries = list(archive.ledger.quarantined())
        else:
            entries = [entry for one in wanted or () for entry in _found(archive, one)]
        for entry in entries:
            put_back(archive, entry)
        if not isinstance(archive, Archive):
            tell(f"已交给服务重试 handed to the services: {len(entries)}；进度 progress: jixiao status")
            return
        work_off(archive)
        left = {entry.entry_id for entry in archive.ledger.quarantined()}
        refused = sum(entry.entry_id in left for entry in entries)
        tell(f"重试 replayed {len(entries)}，仍被拒 refused again {refused}")


def put_back(archive: Installation, entry: QuarantineEntry) -> None:
    """Announce again what was quarantined, and let it out."""
    release_again(entry, announce=archive.bus.announce, ledger=archive.ledger)


def _open(context: typer.Context) -> Installation:
    home: Home = context.obj
    return open_installation(home)


def _found(archive: Installation, wanted: str) -> list[QuarantineEntry]:
    found = [
        entry
        for entry in archive.ledger.quarantined()
        if entry.entry_id.startswith(wanted) or entry.file_name == wanted
    ]
    if not found:
        fail(f"没有搁置这份文件：{wanted} not in quarantine")
    return found
