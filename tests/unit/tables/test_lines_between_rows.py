"""What stands between the rows of a table: those below it are read, or told as lost."""

from dataclasses import replace

import pytest

from services.parse.document import read_document
from tests.builders.invented_tables import invent_document
from tests.builders.lines_between import HEADER, with_line_between
from tests.builders.printed_answers import differences
from tests.builders.printed_tables import print_tables

_ASIDES = (
    "注：绩效目标按预算编报时的情况设定，执行中如有调整以批复为准。",
    "备注：1.绩效目标按预算编报时的情况设定，执行中如有调整以批复为准；2.各项指标由项目单位负责填报，"
    "主管部门审核汇总后报财政部门备案，未经批准不得调整；3.满意度以问卷调查结果为准。",
    "填报说明：本表由项目单位填写。",
    "单位：万元",
    "第 2 页 共 5 页",
    "填报人：王一鸣    联系电话：0531-12345678    填报日期：2026年1月20日",
    "（续上表）",
    "项目支出绩效目标表（续）",
)
_LABELLED_BLOCK, _BLOCK, _TWO_BLOCKS, _LIST = 7, 8, 10, 12


def read(draft, rules):
    content = print_tables(draft.sheets, replace(draft.habits, rules=rules))
    return read_document(content, file_name="表.pdf", media_type="application/pdf")


def names(document):
    return [
        each.name for table in document.tables for project in table.projects for each in project.indicators
    ]


@pytest.mark.parametrize("aside", _ASIDES)
@pytest.mark.parametrize(
    ("seed", "rules"), [(_LABELLED_BLOCK, "lines"), (_LABELLED_BLOCK, "none"), (_LIST, "horizontal")]
)
def test_rows_below_a_line_about_the_table_are_read(seed, aside, rules):
    draft = with_line_between(invent_document(seed), aside)

    assert differences(draft.answers, read(draft, rules)) == []


@pytest.mark.parametrize("seed", [_BLOCK, _TWO_BLOCKS])
def test_a_header_that_is_printed_again_between_rows_is_no_other_table(seed):
    draft = with_line_between(invent_document(seed), HEADER)

    assert differences(draft.answers, read(draft, "none")) == []


@pytest.mark.parametrize("between", ["总分|100", "备注|无", "项目名称|某设备购置项目", "项目支出绩效目标表"])
@pytest.mark.parametrize("seed", [_BLOCK, _TWO_BLOCKS])
def test_rows_below_what_ends_a_table_without_rules_are_told_as_lost(seed, between):
    draft = invent_document(seed)

    document = read(with_line_between(draft, between), "none")

    assert len(names(document)) < len(names(read(draft, "none")))
    assert "table_unread" in {finding.code for finding in document.findings}


@pytest.mark.parametrize("between", ["项目支出绩效目标表", "项目名称|某设备购置项目"])
def test_rows_below_a_second_title_without_a_header_are_told_as_lost(between):
    draft = invent_document(_BLOCK)

    document = read(with_line_between(draft, between), "lines")

    assert len(names(document)) < len(names(read(draft, "lines")))
    assert "table_unread" in {finding.code for finding in document.findings}
