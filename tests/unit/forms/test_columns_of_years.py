"""Values parted by years: the column of the table's own year holds its targets, and no other does."""

import pytest

from services.parse.forms.read import read_tables
from tests.builders.grids import grid, lines

HEAD = "| 项目名称 | 河道巡护 | < | < | < | < |\n| 绩效目标 | 水清岸绿。 | < | < | < | < |\n"
ROW = "\n| 产出指标 | 数量指标 | 巡护次数 | ≥10次 | ≥20次 | ≥30次 |"
YEARS = HEAD + "| 一级指标 | 二级指标 | 三级指标 | 2024年指标值 | 2025年指标值 | 2026年指标值 |" + ROW


def read(drawing, *heading, cover=()):
    (table,) = read_tables([grid(drawing, heading=heading)], lines(*cover)).tables
    (project,) = table.members
    (indicator,) = project.indicators
    values = ("annual_target", "period_target", "actual")
    return table, {name: indicator.fields[name].text for name in values if name in indicator.fields}


@pytest.mark.parametrize(
    ("title", "value"),
    [
        ("项目支出绩效目标表（2026年度）", "≥30次"),
        ("项目支出绩效目标表（2025年度）", "≥20次"),
        ("2024年河道巡护项目绩效目标表", "≥10次"),
    ],
)
def test_the_column_of_the_titles_year_is_the_target(title, value):
    table, values = read(YEARS, title)

    assert values == {"annual_target": value}
    assert table.doubts == ()


def test_the_cover_says_the_year_where_the_table_does_not():
    _, values = read(YEARS, "项目支出绩效目标表", cover=["2025年部门预算"])

    assert values == {"annual_target": "≥20次"}


@pytest.mark.parametrize("title", ["项目支出绩效目标表", "项目支出绩效目标表（2028年度）"])
def test_where_no_column_is_of_the_year_none_is_read_and_it_is_said(title):
    table, values = read(YEARS, title)

    assert values == {}
    assert [doubt.code for doubt in table.doubts] == ["target_year_unknown"]


@pytest.mark.parametrize(
    "heads",
    [
        "| 一级指标 | 二级指标 | 三级指标 | 2024年实际值 | 2025年预计值 | 2026年目标值 |",
        "| 一级指标 | 二级指标 | 三级指标 | 上年度完成情况 | 2025年指标值 | 年度指标值 |",
        "| 一级指标 | 二级指标 | 三级指标 | 指标值 | < | < |\n| ^ | ^ | ^ | 2024年 | 2025年度 | 2026年 |",
        "| 一级指标 | 二级指标 | 三级指标 | 历史指标值 | < | 年度指标值 |\n| ^ | ^ | ^ | 前年 | 上年 | ^ |",
    ],
)
def test_what_was_reached_in_the_years_before_is_no_target(heads):
    _, values = read(HEAD + heads + ROW, "部门整体绩效目标表（2026年度）")

    assert values == {"annual_target": "≥30次"}


def test_the_only_year_that_has_targets_needs_no_title():
    heads = "| 一级指标 | 二级指标 | 三级指标 | 2024年实际值 | 2026年目标值 | 备注 |"

    _, values = read(HEAD + heads + ROW)

    assert values == {"annual_target": "≥20次"}


def test_a_target_for_several_years_is_one_for_the_whole_period():
    heads = "| 一级指标 | 二级指标 | 三级指标 | 2026-2028年目标值 | 2026年目标值 | 2027年目标值 |"

    _, values = read(HEAD + heads + ROW, "项目绩效目标表（2026年）")

    assert values == {"period_target": "≥10次", "annual_target": "≥20次"}


def test_an_evaluation_keeps_what_was_done_in_its_year():
    heads = "| 一级指标 | 二级指标 | 三级指标 | 2025年指标值 | 2025年完成值 | 2024年完成值 |"

    _, values = read(HEAD + heads + ROW, "项目支出绩效自评表（2025年度）")

    assert values == {"annual_target": "≥10次", "actual": "≥20次"}
