"""``jixiao search`` and ``jixiao export``: ask the archive."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final, TextIO

import typer
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from jixiao.home import Home
from jixiao.shapes import RecordShape
from jixiao.spreadsheet import write_records
from jixiao.telling import UNAVAILABLE, fail, failures_told, tell
from shared.contracts.records import Record
from shared.contracts.search import (
    FACETS,
    IndexNeedsRebuild,
    QueryError,
    SearchIndex,
    SearchRequest,
    SortOrder,
)

_PAGE: Final = 1000
_USAGE: Final = 2
_UNSEEN_WIDTH: Final = 200  # columns, where no terminal says how many it has


Query = Annotated[str, typer.Argument(help="查询，例如 满意度≥95% the query")]
Filters = Annotated[
    list[str] | None,
    typer.Option(
        "--where", "-w", metavar="FACET=VALUE", help=f"筛选，可重复 filter, repeatable: {', '.join(FACETS)}"
    ),
]
Sort = Annotated[SortOrder, typer.Option("--sort", "-s", help="排序 order")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="最多几条 at most so many")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON（含分面） the whole answer as JSON")]
AsCsv = Annotated[bool, typer.Option("--csv", help="输出 CSV，可用 Excel 打开")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="写入文件 write to a file", dir_okay=False)
]


def search(
    context: typer.Context,
    query: Query = "",
    where: Filters = None,
    sort: Sort = "relevance",
    limit: Limit = 20,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """
    检索指标。 Search the indicators.

    退出码 exit codes: 0 已回答 answered, 2 查询有误 the query cannot be understood, 4 暂不可用 not available.

    \b
    jixiao search '满意度≥95%'
    jixiao search 培训 --where city=广州市 --where year=2026 --sort amount_desc
    jixiao search '满意度≥95%' --csv --limit 1000 > 满意度.csv
    """
    request = SearchRequest(query=query, filters=_filters(where), sort=sort, size=min(limit, _PAGE))
    home: Home = context.obj
    with failures_told(), _queries_explained(request):
        index = _open_index(home)
        if as_csv:
            write_records(_records(index, request, limit), sys.stdout)
        elif as_json:
            typer.echo(index.search(request).model_dump_json(by_alias=True))
        else:
            _show(index, request)


def export(
    context: typer.Context,
    query: Query = "",
    where: Filters = None,
    shape: Annotated[RecordShape, typer.Option("--format", "-f", help="jsonl 或 csv")] = RecordShape.jsonl,
    output: Output = None,
) -> None:
    """
    导出全部（或符合条件的）指标。 Export all records, or those that a query finds.

    \b
    jixiao export > all.jsonl
    jixiao export 满意度 --where year=2026 --format csv --output 满意度.csv
    """
    request = SearchRequest(query=query, filters=_filters(where), size=_PAGE, facets=())
    home: Home = context.obj
    with failures_told(), _queries_explained(request):
        records = _records(_open_index(home), request, None)
        if output is None:
            count = _write(records, shape, sys.stdout)
        else:
            with output.open("w", encoding="utf-8", newline="") as target:
                count = _write(records, shape, target)
    tell(f"{count} 条指标 records")


def _write(records: Iterator[Record], shape: RecordShape, target: TextIO) -> int:
    if shape is RecordShape.csv:
        return write_records(records, target)
    count = 0
    for count, record in enumerate(records, start=1):  # noqa: B007 (the last one is the answer)
        target.write(record.model_dump_json(by_alias=True) + "\n")
    return count


def _open_index(home: Home) -> SearchIndex:
    # Imported here, because help should not wait for the search engine.
    from shared.runtime.search_index import TantivyIndex

    try:
        return TantivyIndex(home.index)
    except IndexNeedsRebuild as fault:
        fail(f"{fault}\n请运行 jixiao rebuild-index。 Run jixiao rebuild-index.", status=UNAVAILABLE)


def _records(index: SearchIndex, request: SearchRequest, limit: int | None) -> Iterator[Record]:
    """Walk all answers page by page, at most ``limit`` of them."""
    left = limit
    while True:
        answer = index.search(request)
        hits = answer.hits if left is None else answer.hits[:left]
        yield from (hit.record for hit in hits)
        left = left if left is None else left - len(hits)
        if answer.next is None or left == 0:
            return
        request = request.model_copy(update={"after": answer.next})


def _show(index: SearchIndex, request: SearchRequest) -> None:
    answer = index.search(request)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in (
        "指标 indicator",
        "指标值 target",
        "项目 project",
        "部门 department",
        "年度",
        "出处 source",
    ):
        table.add_column(heading, overflow="fold")
    for hit in answer.hits:
        record = hit.record
        target = record.annual_target or record.period_target or record.actual
        table.add_row(
            record.name,
            target.text if target else "",
            record.project,
            record.budget_unit or record.department or "",
            str(record.fiscal_year or ""),
            f"{record.file_name} 第 {record.page} 页",
        )
    if answer.hits:
        console = Console(highlight=False, markup=False)
        console.print(table, width=console.width if console.is_terminal else _UNSEEN_WIDTH)
    tell(
        f"共 {answer.total} 条，显示 {len(answer.hits)} 条。 {answer.total} found, {len(answer.hits)} shown."
    )


def _filters(where: list[str] | None) -> dict[str, tuple[str, ...]]:
    filters: dict[str, tuple[str, ...]] = {}
    for text in where or ():
        name, _, value = text.partition("=")
        if name not in FACETS or not value:
            raise typer.BadParameter(f"{text}：FACET=VALUE，FACET 为 {', '.join(FACETS)}")
        filters[name] = (*filters.get(name, ()), value)
    return filters


@contextmanager
def _queries_explained(request: SearchRequest) -> Iterator[None]:
    try:
        yield
    except QueryError as error:
        tell(request.query)
        tell(f"{_blank(request.query[: error.start])}{'^' * max(1, error.end - error.start)}")
        fail(f"查询有误：{error.message} The query cannot be understood.", status=_USAGE)


def _blank(text: str) -> str:
    """Give as many columns of nothing as a terminal needs for the text."""
    return " " * cell_len(text)
