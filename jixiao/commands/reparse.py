"""``jixiao reparse``: read again what a newer parser may read otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from jixiao.archive import open_archive
from jixiao.home import Home
from jixiao.telling import failures_told, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.differences import DifferenceSum, DocumentDifference

DryRun = Annotated[bool, typer.Option("--dry-run", help="只列出变化，不发布 show only, publish nothing")]
Every = Annotated[bool, typer.Option("--all", help="重读全部文件 every document, affected or not")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="不再询问 do not ask")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON")]


def reparse(
    context: typer.Context,
    dry_run: DryRun = False,
    every: Every = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """
    升级后重读：只读新版本可能影响的文件和以前读不了的文件，先列出变化，确认后再发布。

    Read again, after an upgrade, only the documents that the new version may read otherwise, and those
    that could not be read; the difference is shown before it is published. Scanned pages are not
    recognised anew.

    退出码 exit codes: 0 完成 done, or nothing to do; 1 未发布 not published.

    \b
    jixiao reparse --dry-run
    jixiao reparse --yes
    """
    # Imported here, because help should not wait for the readers.
    from jixiao.differences import sum_up
    from jixiao.reparsing import affected_documents, publish, read_again, refused_documents

    home: Home = context.obj
    with failures_told():
        archive = open_archive(home)
        refused = [entry.document_id or "" for entry in refused_documents(archive)]
        wanted = dict.fromkeys([*affected_documents(archive, every=every), *refused])
        differences = read_again(archive, list(wanted))
        _show(differences, sum_up(differences), as_json=as_json)
        if dry_run or not differences:
            return
        _confirm(yes=yes)
        publish(archive, [each.document_id for each in differences])
        tell(f"已发布 published: {len(differences)} 份文件 documents")


def _show(differences: Sequence[DocumentDifference], total: DifferenceSum, *, as_json: bool) -> None:
    from jixiao.difference_text import as_json as to_json
    from jixiao.difference_text import describe_difference, describe_sum

    if as_json:
        typer.echo(to_json(differences, total))
        return
    changed = [each for each in differences if each.changes]
    for line in (line for each in changed for line in describe_difference(each)):
        typer.echo(line)
    typer.echo("\n".join(describe_sum(total)))


def _confirm(*, yes: bool) -> None:
    if not yes and not typer.confirm("发布这些变化 publish?", err=True):
        tell("未发布。 Not published.")
        raise typer.Exit(1)
