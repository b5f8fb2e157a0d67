"""``jixiao search`` and ``jixiao export``: ask the archive."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from jixiao.client import Client
from jixiao.home import Home
from jixiao.telling import UNAVAILABLE, fail, failures_told, tell
from services.search.words import labels
from shared.contracts.records import Record
from shared.contracts.search import (
    FILTERS,
    IndexNeedsRebuild,
    QueryError,
    SearchIndex,
    SearchRequest,
    SortOrder,
)
from shared.export import ExportFormat, write_chunks
from shared.search.walking import Answering, every_record

_PAGE: Final = 1000
_USAGE: Final = 2
_UNSEEN_WIDTH: Final = 200  # columns, where no terminal says how many it has


Query = Annotated[str, typer.Argument(help="查询，例如 满意度≥95% the query")]
Filters = Annotated[
    list[str] | None,
    typer.Option(
        "--where", "-w", metavar="FACET=VALUE", help=f"筛选，可重复 filter, repeatable: {', '.join(FILTERS)}"
    ),
]
Sort = Annotated[SortOrder, typer.Option("--sort", "-s", help="排序 order")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="最多几条 at most so many")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON（含分面） the whole answer as JSON")]
AsCsv = Annotated[bool, typer.Option("--csv", help="输出 CSV，可用 Excel 打开")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="写入文件 write to a file", dir_okay=False)
]
Server = Annotated[
    str | None,
    typer.Option(
        "--server", metavar="URL", help="改问这个检索服务 ask a search service instead of this machine"
    ),
]
Shape = Annotated[ExportFormat, typer.Option("--format", "-f", help="格式 format")]


def search(  # noqa: PLR0913 (each is an option of the command)
    context: typer.Context,
    query: Query = "",
    where: Filters = None,
    sort: Sort = "relevance",
    limit: Limit = 20,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    server: Server = None,
) -> None:
    """
    检索指标。 Search the indicators.

    退出码 exit codes: 0 已回答 answered, 2 查询有误 the query cannot be understood, 4 暂不可用 not available.

    \b
    jixiao search '满意度≥95%'
    jixiao search 培训 --where city=广州市 --where year=2026 --sort amount_desc
    jixiao search '满意度≥95%' --csv --limit 1000 > 满意度.csv
    jixiao search '满意度≥95%' --server http://127.0.0.1:8000
    """
    request = SearchRequest(query=query, filters=_filters(where), sort=sort, size=min(limit, _PAGE))
    with failures_told(), _queries_explained(request):
        index = _answering(context.obj, server)
        if as_csv:
            records = islice(every_record(index, request), limit)
            _write(write_chunks(records, ExportFormat.csv, site=server), None)
        elif as_json:
            typer.echo(index.search(request).model_dump_json(by_alias=True))
        else:
            _show(index, request)


def export(
    context: typer.Context,
    query: Query = "",
    where: Filters = None,
    sort: Sort = "relevance",
    shape: Shape = ExportFormat.jsonl,
    output: Output = None,
    server: Server = None,
) -> None:
    """
    导出全部（或符合条件的）指标。 Export all records, or those that a query finds.

    \b
    jixiao export > all.jsonl
    jixiao export 满意度 --where year=2026 --format csv --output 满意度.csv
    jixiao export --format xlsx --output 全部.xlsx --server http://127.0.0.1:8000
    """
    request = SearchRequest(query=query, filters=_filters(where), sort=sort)
    if shape is ExportFormat.xlsx and output is None and sys.stdout.isatty():
        raise typer.BadParameter("xlsx 请用 --output 写入文件 needs --output")
    with failures_told(), _queries_explained(request):
        words = labels.cell if shape is ExportFormat.xlsx else None
        counted = _Counted(every_record(_answering(context.obj, server), request))
        _write(write_chunks(counted, shape, site=server, words=words), output)
    tell(f"{counted.count} 条指标 records")


@dataclass(slots=True)
class _Counted:
    """Records, and how many went by."""

    records: Iterator[Record]
    count: int = 0

    def __iter__(self) -> Iterator[Record]:
        for record in self.records:
            self.count += 1
            yield record


def _write(chunks: Iterator[bytes], output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.writelines(chunks)
        sys.stdout.buffer.flush()
        return
    with output.open("wb") as target:
        target.writelines(chunks)


def _answering(home: Home, server: str | None) -> Answering:
    """Ask another machine, or the index of this one."""
    if server is None:
        return _open_index(home)
    try:
        return Client(server)
    except ValueError as error:
        raise typer.BadParameter(f"--server {server}：要写成 http://… must begin with http://") from error


def _open_index(home: Home) -> SearchIndex:
    # Imported here, because help should not wait for the search engine.
    from shared.runtime.search_index import TantivyIndex

    try:
        return TantivyIndex(home.index)
    except IndexNeedsRebuild as fault:
        fail(f"{fault}\n请运行 jixiao rebuild-index。 Run jixiao rebuild-index.", status=UNAVAILABLE)


def _show(index: Answering, request: SearchRequest) -> None:
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
        if name not in FILTERS or not value:
            raise typer.BadParameter(f"{text}：FACET=VALUE，FACET 为 {', '.join(FILTERS)}")
        filters[name] = (*filters.get(name, ()), value)
    return filters


@contextmanager
def _queries_explained(request: SearchRequest) -> Iterator[None]:
    try:
        yield
    except QueryError as error:
        tell(request.query)
        wrong = cell_len(request.query[error.start : error.end])
        tell(f"{_blank(request.query[: error.start])}{'^' * max(1, wrong)}")
        fail(f"查询有误：{error.message} The query cannot be understood.", status=_USAGE)


def _blank(text: str) -> str:
    """Give as many columns of nothing as a terminal needs for the text."""
    return " " * cell_len(text)
