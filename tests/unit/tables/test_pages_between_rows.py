"""Pages of another kind amid a table: the rows behind them have no header, and are told as lost."""

from dataclasses import replace

import pytest

from services.parse.forms.read import read_tables
from services.parse.readers.pdf import read_pages
from services.parse.tables.finding import find_grids
from tests.builders.invented_tables import invent_document
from tests.builders.pages import page, word
from tests.builders.printed_tables import Printed, Sheet, print_tables

_BLOCKS, _LEVELLED_LIST, _FLAT_LIST, _FLAT_BLOCK = 4, 6, 23, 55
_PROSE = (
    "二、其他重要事项的情况说明",
    "2026年本部门机关运行经费财政拨款预算为一百二十万元，比上年减少三万元。",
)
_MONEY = Sheet(
    tuple(
        Printed(row, column, text)
        for row, texts in enumerate(
            [("编码", "科目", "合计", "基本", "项目"), *[("201", "服务", "100.00", "60.00", "40.00")] * 5]
        )
        for column, text in enumerate(texts)
    ),
    (1, 1, 1, 1, 1),
    ("部门支出预算总表",),
)


def prose(draft):
    return [page([word(text, 60.0, 80.0 + 20.0 * line) for line, text in enumerate(_PROSE)])]


def money(draft):
    return read_pages(print_tables([_MONEY], draft.habits))


def bare_money(draft):
    return read_pages(print_tables([_MONEY], replace(draft.habits, rules="none")))


def pages_of(draft, rules):
    habits = replace(draft.habits, rules=rules, repeats_head=False)
    return list(read_pages(print_tables(draft.sheets, habits)))


def first_without_header(pages):
    return next(
        index
        for index, each in enumerate(pages)
        if index and not any("绩效目标表" in word.text or "指标值" in word.text for word in each.words)
    )


def read(pages):
    numbered = (replace(each, number=number) for number, each in enumerate(pages, start=1))
    reading = read_tables(find_grids(numbered))
    indicators = sum(len(member.indicators) for table in reading.tables for member in table.members)
    return indicators, {finding.code for finding in reading.findings}


@pytest.mark.parametrize("rules", ["lines", "none"])
@pytest.mark.parametrize("other", [prose, money])
@pytest.mark.parametrize("seed", [_LEVELLED_LIST, _FLAT_LIST, _FLAT_BLOCK])
def test_rows_behind_a_page_of_another_kind_are_told_as_lost(seed, other, rules):
    draft = invent_document(seed)
    pages = pages_of(draft, rules)
    cut = first_without_header(pages)

    whole, found = read(pages)
    parted, told = read([*pages[:cut], *other(draft), *pages[cut:]])

    assert "table_unread" not in found
    assert parted < whole
    assert "table_unread" in told


@pytest.mark.parametrize("rules", ["lines", "none"])
@pytest.mark.parametrize("other", [prose, money, bare_money])
@pytest.mark.parametrize("seed", [_BLOCKS, _FLAT_LIST])
def test_a_page_of_another_kind_behind_the_last_row_is_no_loss(seed, other, rules):
    draft = invent_document(seed)
    pages = pages_of(draft, rules)

    assert read([*pages, *other(draft)]) == read(pages)


@pytest.mark.parametrize("rules", ["lines", "none"])
def test_rows_whose_first_page_is_missing_are_told_as_lost(rules):
    pages = pages_of(invent_document(_LEVELLED_LIST), rules)

    assert read(pages[first_without_header(pages) :]) == (0, {"table_unread"})
