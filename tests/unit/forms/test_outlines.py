"""Rows that are no indicators: levels on rows of their own, and rows that count the columns."""

from services.parse.assembly.indicators import with_merged_levels
from services.parse.forms.read import read_tables
from tests.builders.grids import grid


def levels(drawing):
    (table,) = read_tables([grid(drawing)]).tables
    found = []
    for project in table.members:
        for indicator in project.indicators:
            fields = with_merged_levels(indicator.fields)
            found.append(tuple(fields[name].text for name in ("level1", "level2", "name")))
    return found


def test_levels_on_rows_of_their_own_are_those_of_the_rows_below():
    assert levels(
        """
        | 项目名称 | 年度绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标值 |
        | 巡护 | 保护湿地 |  |  |  |  |
        |  |  | 产出指标 |  |  |  |
        |  |  |  | 数量指标 |  |  |
        |  |  |  |  | 次数 | ≥4次 |
        |  |  |  | 质量指标 |  |  |
        |  |  |  |  | 完整率 | ≥95% |
        |  |  | 效益指标 |  |  |  |
        |  |  |  |  | 知晓率 | ≥90% |
        """
    ) == [
        ("产出指标", "数量指标", "次数"),
        ("产出指标", "质量指标", "完整率"),
        ("效益指标", "", "知晓率"),
    ]


def test_a_level_without_indicators_is_no_heading():
    assert levels(
        """
        | 项目名称 | 巡护 | < | < |
        | 一级指标 | 二级指标 | 三级指标 | 指标值 |
        | 成本指标 | 经济成本 |  |  |
        |  |  | 次数 | ≥4次 |
        """
    ) == [("", "", "次数")]


def test_a_row_with_levels_of_its_own_ends_the_outline():
    assert levels(
        """
        | 项目名称 | 巡护 | < | < |
        | 一级指标 | 二级指标 | 三级指标 | 指标值 |
        | 产出指标 |  |  |  |
        |  |  | 次数 | ≥4次 |
        |  | 社会效益 | 知晓率 | ≥90% |
        |  |  | 影响 | 扩大 |
        """
    ) == [("产出指标", "", "次数"), ("", "社会效益", "知晓率"), ("", "", "影响")]


def test_a_row_that_counts_the_columns_is_no_project():
    (table,) = read_tables(
        [
            grid(
                """
                | 单位名称、项目名称 | 项目年度绩效目标 | 三级指标 | 指标值 |
                | 1 | 2 | 3 | 4 |
                | 巡护 | 保护湿地 | 次数 | ≥4次 |
                """
            )
        ]
    ).tables

    assert [member.fields["name"].text for member in table.members] == ["巡护"]


def test_numbers_that_do_not_count_are_values():
    assert levels(
        """
        | 项目名称 | 年度绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标值 |
        | 1 | 2 | 3 | 4 | 6 | 5 |
        """
    ) == [("3", "4", "6")]


def test_a_first_level_over_the_whole_width_holds_until_the_next_one():
    (table,) = read_tables(
        [
            grid(
                """
                | 部门名称 | 市林业局 | < |
                | 二级指标 | 三级指标 | 指标值 |
                | 一、产出指标（50分） | < | < |
                | 数量指标 | 造林面积 | ≥2万亩 |
                | 质量指标 | 成活率 | ≥85% |
                | 二、效益指标（30分） | < | < |
                | 生态效益指标 | 覆盖率 | ≥47% |
                """,
                heading=["部门整体支出绩效目标表"],
            )
        ]
    ).tables

    (project,) = table.members
    levels = [with_merged_levels(each.fields)["level1"].text for each in project.indicators]
    assert levels == ["一、产出指标（50分）", "一、产出指标（50分）", "二、效益指标（30分）"]


def test_in_a_list_such_a_line_is_no_project():
    (table,) = read_tables(
        [
            grid(
                """
                | 项目名称 | 资金总额 | 三级指标 | 指标值 |
                | 产出指标 | < | < | < |
                | 造林 | 5.00 | 造林面积 | ≥2万亩 |
                """,
                heading=["项目支出绩效目标表"],
            )
        ]
    ).tables

    assert [member.fields["name"].text for member in table.members] == ["造林"]
