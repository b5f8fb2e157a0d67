"""Official layouts as samples draw them: serialised list, block, flattened text."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from reportlab.platypus import Flowable, PageBreak

from samples.answers import Answer, form_answer, list_answer
from samples.drafts import IndicatorDraft, ProjectDraft, TableDraft
from samples.ink import BODY, CENTRED, FIGURE, INDENTED, TITLE, gap, line, print_pdf, ruled, text
from samples.vocabulary import NOTICE
from samples.workbooks import Placed, write_html_table, write_workbook

Layout = Callable[[TableDraft], tuple[bytes, Answer]]

_LIST_HEADS = (
    "项目名称（资金使用单位）",
    "总计",
    "财政拨款",
    "财政专户拨款",
    "其他资金",
    "绩效目标",
    "绩效指标",
)
_LIST_WIDTHS = (108, 56, 56, 46, 46, 180, 268)


def serialised_list(table: TableDraft) -> tuple[bytes, Answer]:
    """Draw one long table: a row a project, all its indicators written into one cell."""
    title = f"{table.year}年项目支出绩效目标表（含转移支付项目）"
    rows: list[Sequence[Flowable]] = [[text(head, CENTRED) for head in _LIST_HEADS]]
    rows.append(_sum_row("合计", table.projects))
    for unit in table.department.units:
        projects = [project for project in table.projects if project.unit == unit]
        rows.append(_sum_row(unit, projects))
        rows.extend(_project_row(project) for project in projects)
    head = line(f"部门名称：{table.department.name}", "单位：万元", sum(_LIST_WIDTHS))
    story = [
        text(title, TITLE),
        gap(),
        head,
        ruled(rows, _LIST_WIDTHS, first_long_column=5),
        gap(),
        text(NOTICE),
    ]
    return print_pdf(story, wide=True), list_answer(table, title=title)


def serialise(indicators: Sequence[IndicatorDraft]) -> str:
    """Write indicators into one cell the way budget systems print them."""
    return "".join(
        f"{number}、{each.level1_code}-{each.level1}；{each.level2_code}-{each.level2}；{each.name}；"
        f"实施周期指标值:{each.period_value}；年度指标值:{each.annual_value}。"
        for number, each in enumerate(indicators, 1)
    )


def blocks(table: TableDraft) -> tuple[bytes, Answer]:
    """Draw one bordered form a project: key and value heads above, indicators with merged levels below."""
    title = "项目支出绩效目标表"
    story: list[Flowable] = []
    for project in table.projects:
        story += [text(title, TITLE), text(f"（{table.year}年度）", CENTRED), gap(), _block(project, table)]
        story += [gap(), text(NOTICE), PageBreak()]
    return print_pdf(story, wide=False), form_answer(table, title=title)


def workbook(table: TableDraft) -> tuple[bytes, Answer]:
    """Write the block of each project on a sheet of its own, title and year in the sheet's first rows."""
    title = "项目支出绩效目标表"
    sheets: dict[str, list[Placed]] = {}
    for number, project in enumerate(table.projects, start=1):
        rows, spans = _block_cells(project, table)
        width = len(rows[0])
        above = [Placed(0, 0, title, 1, width), Placed(1, 0, f"（{table.year}年度）", 1, width)]
        sheets[f"{number}"] = [*above, *_placed(rows, spans, below=2)]
    return write_workbook(sheets), form_answer(table, title=title)


def web_page(table: TableDraft) -> tuple[bytes, Answer]:
    """Put the blocks of all projects on one page, as a word processor saves them."""
    title = "项目支出绩效目标表"
    parts = [
        f"<p>{title}</p><p>（{table.year}年度）</p>{write_html_table(_placed(*_block_cells(project, table)))}"
        for project in table.projects
    ]
    body = f"<div>{table.department.name}</div>{''.join(parts)}<p>{NOTICE}</p>"
    page = f'<html><head><meta charset="gb18030"><title>{title}</title></head><body>{body}</body></html>'
    return page.encode("gb18030"), form_answer(table, title=title)


def plain_text(table: TableDraft) -> tuple[bytes, Answer]:
    """Write the list layout as the flattened text that a text layer gives."""
    title = "项目支出绩效目标表（含转移支付项目）"
    lines = [title, f"部门名称：{table.department.name} 单位：万元", " ".join(_LIST_HEADS)]
    lines.append(_sum_line("合计", table.projects))
    for unit in table.department.units:
        projects = [project for project in table.projects if project.unit == unit]
        lines.append(_sum_line(unit, projects))
        for project in projects:
            lines += [f"    {_sum_line(project.name, [project])}"]
            lines += _wrapped(project.goal, 24) + _wrapped(serialise(project.indicators), 36)
    return "\n\n".join(lines).encode(), list_answer(table, title=title)


def _wrapped(content: str, width: int) -> list[str]:
    return [content[start : start + width] for start in range(0, len(content), width)]


def _figure(amount: Decimal) -> str:
    return f"{amount:,.2f}" if amount else ""


def _sum_line(name: str, projects: Sequence[ProjectDraft]) -> str:
    return " ".join((name, *filter(None, _sums(projects))))


def _sums(projects: Sequence[ProjectDraft]) -> tuple[str, str, str, str]:
    fiscal = sum((project.fiscal for project in projects), Decimal(0))
    other = sum((project.other for project in projects), Decimal(0))
    return _figure(fiscal + other), _figure(fiscal), "", _figure(other)


def _sum_row(name: str, projects: Sequence[ProjectDraft]) -> Sequence[Flowable]:
    return [text(name), *(text(figure, FIGURE) for figure in _sums(projects)), text(""), text("")]


def _project_row(project: ProjectDraft) -> Sequence[Flowable]:
    figures = (text(figure, FIGURE) for figure in _sums([project]))
    return [text(project.name, INDENTED), *figures, text(project.goal), text(serialise(project.indicators))]


_BLOCK_WIDTHS = (70, 80, 100, 165, 100)


Span = tuple[int, int, int, int]


def _block(project: ProjectDraft, table: TableDraft) -> Flowable:
    rows, spans = _block_cells(project, table)
    printed = [
        [text(cell, CENTRED if position != 3 else BODY) for position, cell in enumerate(row)] for row in rows
    ]
    return ruled(printed, _BLOCK_WIDTHS, *spans)


def _block_cells(project: ProjectDraft, table: TableDraft) -> tuple[list[tuple[str, ...]], list[Span]]:
    rows = [
        ("项目名称", project.name, "", "", ""),
        ("主管部门", table.department.name, "实施单位", project.unit, ""),
        ("项目资金（万元）", "年度资金总额", f"{project.total:.2f}", "", ""),
        ("", "其中：财政拨款", f"{project.fiscal:.2f}", "", ""),
        ("", "其他资金", f"{project.other:.2f}", "", ""),
        ("年度总体目标", project.goal, "", "", ""),
        ("绩效指标", "一级指标", "二级指标", "三级指标", "指标值"),
        *(("", each.level1, each.level2, each.name, each.annual_value) for each in project.indicators),
    ]
    spans = [(1, 0, 4, 0), (3, 1, 4, 1), (0, 2, 0, 4), (2, 2, 4, 2), (2, 3, 4, 3), (2, 4, 4, 4), (1, 5, 4, 5)]
    spans.append((0, 6, 0, len(rows) - 1))
    return rows, [*spans, *_merged_levels(project.indicators, first_row=7)]


def _placed(rows: Sequence[Sequence[str]], spans: Sequence[Span], *, below: int = 0) -> list[Placed]:
    """Give the cells that begin a span or stand alone; those covered by a span are none."""
    ends = {(row, column): (last_row, last_column) for column, row, last_column, last_row in spans}
    covered = {
        (row, column)
        for first_column, first_row, last_column, last_row in spans
        for row in range(first_row, last_row + 1)
        for column in range(first_column, last_column + 1)
        if (row, column) != (first_row, first_column)
    }
    placed = []
    for row, texts in enumerate(rows):
        for column, cell in enumerate(texts):
            last_row, last_column = ends.get((row, column), (row, column))
            if (row, column) not in covered:
                spread = (last_row - row + 1, last_column - column + 1)
                placed.append(Placed(row + below, column, cell, *spread))
    return placed


def _merged_levels(
    indicators: Sequence[IndicatorDraft], *, first_row: int
) -> list[tuple[int, int, int, int]]:
    """Merge the cells of equal neighbours in both level columns."""
    spans = []
    for column, levels in (
        (1, [each.level1 for each in indicators]),
        (2, [each.level2 for each in indicators]),
    ):
        start = 0
        for end in range(1, len(levels) + 1):
            if end == len(levels) or levels[end] != levels[start]:
                spans.append((column, first_row + start, column, first_row + end - 1))
                start = end
    return spans
