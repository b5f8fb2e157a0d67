"""``jixiao diff``: what two readings of the same documents have that the other has not."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jixiao.telling import fail, failures_told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.differences import DocumentDifference

Old = Annotated[Path, typer.Argument(metavar="OLD", help="旧：文件或数据目录 file or home", exists=True)]
New = Annotated[Path, typer.Argument(metavar="NEW", help="新：文件或数据目录 file or home", exists=True)]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON")]
AsCsv = Annotated[bool, typer.Option("--csv", help="输出 CSV，每处变化一行 a row for each change")]
OnlySum = Annotated[bool, typer.Option("--sum", help="只要合计 totals only")]

_USAGE = 2


def diff(
    old: Old, new: New, as_json: AsJson = False, as_csv: AsCsv = False, only_sum: OnlySum = False
) -> None:
    """
    比较两次读取的结果：哪些指标新增、失去、改变，逐字段列出。

    Compare two readings: which records were added, lost or changed, field by field, in each document
    and in sum. A side is a JSON or JSONL file of `jixiao extract` or `jixiao export`, or a home.

    退出码 exit codes: 0 已比较 compared; 2 用法错误 usage.

    \b
    jixiao diff 旧.json 新.json
    jixiao diff ~/.jixiao 新数据目录/ --csv > 变化.csv
    """
    # Imported here, because help should not wait for the ledger.
    from jixiao.difference_text import as_json as to_json
    from jixiao.difference_text import write_csv
    from jixiao.differences import sum_up

    if as_json and as_csv:
        raise typer.BadParameter("--json 和 --csv 只能用一个。 Either --json or --csv.")
    with failures_told():
        differences = _compared(old, new)
    if as_csv:
        write_csv(differences, sys.stdout)
    elif as_json:
        typer.echo(to_json(differences, sum_up(differences)))
    else:
        _describe(differences, only_sum=only_sum)


def _compared(old: Path, new: Path) -> list[DocumentDifference]:
    from jixiao.record_sources import NotReadings, compare_sources

    try:
        return list(compare_sources(old, new))
    except NotReadings as error:
        fail(
            f"{error.path} 第 {error.line} 行不是文件或指标记录。 Not a document or record.",
            status=_USAGE,
        )


def _describe(differences: Sequence[DocumentDifference], *, only_sum: bool) -> None:
    from jixiao.difference_text import describe_difference, describe_sum
    from jixiao.differences import sum_up

    shown = [] if only_sum else [each for each in differences if each.changes]
    for line in (line for each in shown for line in describe_difference(each)):
        typer.echo(line)
    typer.echo("\n".join(describe_sum(sum_up(differences))))
