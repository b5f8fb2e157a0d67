"""Explanations as a person reads them in a terminal."""

from collections.abc import Iterator
from typing import Final

from jixiao.forms_summary import FormsSummary
from services.parse.explained import DocumentShown, HeadShown, TableShown
from services.search.words.labels import FORMS
from shared.contracts.findings import FINDINGS

_STATES: Final = {
    "read": "读出绩效目标表 read",
    "no_table": "没有绩效目标表 no such table",
    "waiting_for_ocr": "等待文字识别 waiting for OCR",
}


def describe_document(document: DocumentShown, *, every: bool) -> Iterator[str]:
    """Describe each table that was sought, or ``every`` one."""
    yield f"{document.file_name}  {document.media_type}  {document.pages} 页 pages"
    others = 0
    for table in document.tables:
        if table.is_sought or every:
            yield from _table(table)
        else:
            others += 1
    if others:
        yield f"  另有 {others} 个表格与绩效目标无关（--all 列出） other tables; --all lists them"
    for code in dict.fromkeys(document.findings):
        yield f"  · [{code}] {FINDINGS[code].label if code in FINDINGS else ''}"


def _table(table: TableShown) -> Iterator[str]:
    yield f"  第 {_pages(table)} 页  {table.title or '（无标题 untitled）'}"
    if table.form:
        counts = f"{table.projects} 个项目 projects，{table.indicators} 条指标 indicators"
        yield f"    ✓ {table.form}（{_named(table.form)}）：{table.reason}；{counts}"
    else:
        sign = "○ 空表 left empty" if table.is_empty else "✗ 未读 not read"
        yield f"    {sign}：{table.reason}"
    yield from _heads("表头 heads", table.columns)
    yield from _heads("标签 labels", table.labels)
    if table.refused:
        yield "    其他版式 other forms"
        yield from (f"      {each.form}（{_named(each.form)}）：{each.reason}" for each in table.refused)


def _pages(table: TableShown) -> str:
    if table.first_page == table.last_page:
        return str(table.first_page)
    return f"{table.first_page}–{table.last_page}"


def _heads(told: str, heads: tuple[HeadShown, ...]) -> Iterator[str]:
    if heads:
        yield f"    {told}"
    for head in dict.fromkeys(heads):
        yield f"      {head.printed or '—'} → {head.field or '？不认识 not known'}"


def _named(form: str) -> str:
    return FORMS.get(form, form)


def describe_summary(summary: FormsSummary) -> Iterator[str]:
    """Describe totals: how files ended, what was read of each form, what was not understood and where."""
    yield f"文件 files {sum(summary.files.values())}，{summary.pages} 页 pages"
    for state, count in summary.files.items():
        yield f"  {count:>6}  {_STATES.get(state, f'拒绝 rejected [{state}]')}"
    yield "版式 forms：表 tables / 项目 projects / 指标 indicators / 文件 files"
    for form in summary.forms:
        counts = f"{form.tables:>6}  {form.projects:>6}  {form.indicators:>7}  {form.files:>5}"
        yield f"  {counts}  {form.form}（{_named(form.form)}）"
    yield f"未读懂的绩效表 not understood {len(summary.not_understood)}"
    for reason, count in summary.reasons.items():
        yield f"  {count:>6}  {reason}"
    for missed in summary.not_understood:
        heads = f"  〔{' | '.join(missed.heads)}〕" if missed.heads else ""
        yield f"  {missed.file} 第 {missed.page} 页  {missed.title or '（无标题）'}：{missed.reason}{heads}"
    for name, code in summary.rejected.items():
        yield f"  {name}  [{code}]"
