"""``jixiao explain``: which table was taken for which form, and why not for another."""

from pathlib import Path
from typing import Annotated

import typer

from jixiao.telling import REJECTED, failures_told

Paths = Annotated[
    list[Path],
    typer.Argument(help="文件；加 --summary 时也可是文件夹 files, or folders", exists=True, readable=True),
]
Summary = Annotated[
    bool, typer.Option("--summary", help="合计：每个表题读成什么版式，或为何没有读 totals by form and reason")
]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON，每个文件一行；--summary 时为一个对象")]
Ocr = Annotated[
    bool | None,
    typer.Option(
        "--ocr/--no-ocr", help="是否识别扫描页；--summary 默认不识别 whether scanned pages are recognised"
    ),
]
Every = Annotated[
    bool, typer.Option("--all", help="也列出与绩效无关的表格 also list tables of other matters")
]


def explain(
    paths: Paths, summary: Summary = False, as_json: AsJson = False, ocr: Ocr = None, every: Every = False
) -> None:
    """
    说明每个表格读成了哪种版式、每个表头对应哪个字段、其他版式为何不符。

    Say of each table which form it was taken for, which head went to which field, and why the other
    forms were refused. Whoever meets a new form starts here; nothing is kept.

    退出码 exit codes: 0 已读 read; 2 用法错误 usage; 3 有文件被拒绝 rejected (合计时为 0 with --summary 0).

    \b
    jixiao explain 预算.pdf
    jixiao explain 预算.pdf --json | jq '.tables[].form'
    jixiao explain --summary 2026/ > 合计.txt
    """
    # Imported here, because no other command should wait for the readers.
    from jixiao.explaining import explain_files, summarise_files

    folders = [path for path in paths if path.is_dir()]
    if folders and not summary:
        raise typer.BadParameter(f"{folders[0]} 是文件夹，请加 --summary。 A folder needs --summary.")
    with failures_told():
        if summary:
            summarise_files(paths, as_json=as_json, with_ocr=bool(ocr))
        elif explain_files(paths, as_json=as_json, with_ocr=ocr is not False, every=every):
            raise typer.Exit(REJECTED)
