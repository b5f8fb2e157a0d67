"""What a table's title tells."""

import pytest

from services.parse.forms.titles import find_title, is_title, project_in_title, scope_of
from tests.builders.grids import lines, passage


@pytest.mark.parametrize(
    ("title", "scope"),
    [
        ("项目支出绩效目标表（含转移支付项目）", "project"),
        ("部门整体支出绩效目标表", "department"),
        ("专项资金整体绩效目标表", "project"),
        ("中央对地方专项转移支付区域绩效目标表", "transfer"),
        ("部门专项业务经费绩效目标表", "project"),
    ],
)
def test_a_title_says_whom_the_table_is_about(title, scope):
    assert scope_of(passage(title)) == scope


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("滨湖步道维修项目绩效目标表", "滨湖步道维修"),
        ("1.滨湖步道维修项目绩效目标表", "滨湖步道维修"),
        ("项目支出绩效目标表", ""),
        ("2026年项目支出绩效目标表", ""),
        ("预算表12 项目支出绩效目标表", ""),
        ("部门专项业务经费绩效目标表", ""),
        ("湖畔市林业局2026年项目支出绩效目标表（预算表11）", ""),
        ("湖畔文化中心修缮项目绩效目标表", "湖畔文化中心修缮"),
    ],
)
def test_only_a_title_with_a_name_names_a_project(title, name):
    assert project_in_title(passage(title)).text == name


def test_the_nearest_title_counts():
    found = find_title(lines("部门预算绩效目标表", "巡护项目绩效目标表", "（2026年度）"))

    assert found.text == "巡护项目绩效目标表"


def test_a_title_spread_over_the_line_is_read_without_its_blanks():
    lines = [passage("项 目 支 出 绩 效 目 标 表"), passage("（ 2026 年度 ）")]

    assert find_title(lines).text == "项目支出绩效目标表"
    assert find_title([passage("预算表12 项目支出绩效目标表")]).text == "预算表12 项目支出绩效目标表"


@pytest.mark.parametrize("title", ["部门项目支出绩效目标05-2", "项目绩效目标表05-2", "绩效目标表（05-2）"])
def test_a_title_may_end_with_the_number_of_its_sheet(title):
    assert is_title(title)
