"""What stands around a table: department, unit of money, year."""

import pytest

from services.parse.fiscal_year import stated_years
from services.parse.forms.read import read_tables
from tests.builders.grids import grid

BLOCK = """
| 项目名称 | 巡护 | < | < |
| 一级指标 | 二级指标 | 三级指标 | 指标值 |
| 产出指标 | 数量指标 | 次数 | ≥4次 |
"""


def only_table(drawing=BLOCK, heading=()):
    (table,) = read_tables([grid(drawing, heading=heading)]).tables
    return table


@pytest.mark.parametrize(
    "heading",
    [
        ["项目绩效目标表", "（2026年度）"],
        ["（2026 年度）", "项目绩效目标表"],
        ["项目绩效目标表", "2026（年度）"],
        ["2026年项目支出绩效目标表"],
    ],
)
def test_the_year_stands_in_the_title_or_beside_it(heading):
    assert only_table(heading=heading).year.text == "2026年"


@pytest.mark.parametrize(
    "heading",
    [["2026年文化节项目绩效目标表"], ["2024-2026年行动方案", "项目绩效目标表"], ["项目绩效目标表"]],
)
def test_a_year_in_a_projects_name_or_in_prose_is_not_the_tables(heading):
    assert not only_table(heading=heading).year


def test_title_and_unit_of_money_may_stand_in_the_grids_own_cells():
    table = only_table(
        """
        | 预算表12 项目支出绩效目标表 | < | < | < | < | < |
        | | | | | | 金额单位：万元 |
        | 项目名称 | 项目总额 | 绩效目标 | 一级指标 | 三级指标 | 指标值 |
        | 巡护 | 10 | 保护 | 产出指标 | 次数 | ≥4次 |
        """
    )

    assert table.title.text == "预算表12 项目支出绩效目标表"
    assert table.amount_unit.text == "万元"


def test_a_unit_of_money_may_be_that_of_a_label():
    table = only_table(
        """
        | 项目名称 | 巡护 | < | < |
        | 项目资金（元） | 年度资金总额 | 30000 | < |
        | 一级指标 | 二级指标 | 三级指标 | 指标值 |
        | 产出指标 | 数量指标 | 次数 | ≥4次 |
        """
    )

    assert table.amount_unit.text == "元"


def test_values_of_the_head_are_no_headings():
    table = only_table(
        """
        | 项目名称 | 巡护 | < | < |
        | 年度目标 | 按2019年文件巡护 | < | < |
        | 一级指标 | 二级指标 | 三级指标 | 指标值 |
        | 产出指标 | 数量指标 | 次数 | ≥4次 |
        """
    )

    assert not table.year


def test_department_and_unit_of_money_may_share_a_cell_above_a_list():
    table = only_table(
        """
        | 部门名称：湖畔市林业局 单位：万元 | < | < | < | < | < |
        | 项目名称 | 项目总额 | 绩效目标 | 一级指标 | 三级指标 | 指标值 |
        | 巡护 | 10 | 保护 | 产出指标 | 次数 | ≥4次 |
        """
    )

    assert (table.department.text, table.amount_unit.text) == ("湖畔市林业局", "万元")


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("（单位：万元）", "万元"),
        ("金额单位：人民币万元", "人民币万元"),
        ("单位：万元，%", "万元"),
        ("单位：万元   公开13表", "万元"),
        ("填报单位：市元件厂", ""),
    ],
)
def test_the_unit_of_money_may_stand_in_brackets_or_before_other_words(line, unit):
    assert only_table(heading=["项目绩效目标表", line]).amount_unit.text == unit


def test_the_department_ends_before_a_unit_of_money_in_brackets():
    table = only_table(heading=["项目绩效目标表", "部门：湖畔市林业局（单位：元）"])

    assert (table.department.text, table.amount_unit.text) == ("湖畔市林业局", "元")


@pytest.mark.parametrize("label", ["年度资金总额(人民币万元)", "年度资金总额 单位：万元", "预算总额/万元"])
def test_a_unit_of_money_behind_a_label_does_not_hide_the_label(label):
    table = only_table(BLOCK.replace("\n| 一级", f"\n| {label} | 260 | < | < |\n| 一级"))

    assert table.members[0].amounts["total"].text == "260"


def test_words_that_are_no_known_label_may_give_the_unit_of_money_if_they_agree():
    sources = "\n| 经费来源（万元） | 资金总额 | 260 | < |"
    plan = "\n| 拨付安排（元） | 三月 | 100 | < |"

    assert only_table(BLOCK.replace("\n| 一级", f"{sources}\n| 一级")).amount_unit.text == "万元"
    assert not only_table(BLOCK.replace("\n| 一级", f"{sources}{plan}\n| 一级")).amount_unit


@pytest.mark.parametrize("row", ["| 预算年度 | 2026 | < | < |", "| 申报年度：2026年 | < | < | < |"])
def test_the_year_may_stand_beside_a_label(row):
    table = only_table(BLOCK.replace("\n| 一级", f"\n{row}\n| 一级"))

    assert stated_years(table.year.text) == {2026}


def test_signs_that_refer_to_notes_are_no_part_of_a_department():
    table = only_table(f"| ★主管部门 | ★市教育局① | < | < |\n{BLOCK.strip()}")

    assert table.department.text == "市教育局"
    assert table.members[0].fields["department"].text == "市教育局"


@pytest.mark.parametrize("line", ["项目名称：双一流建设", "项目名称：双一流建设    金额单位：万元"])
def test_the_projects_name_may_stand_above_the_table(line):
    drawing = BLOCK.replace("| 项目名称 | 巡护 | < | < |", "| 项目目标 | 建成一流学科。 | < | < |")

    table = only_table(drawing, heading=["某大学2026年部门预算项目绩效目标表", line])

    assert table.members[0].fields["name"].text == "双一流建设"


def test_a_label_beside_the_rows_is_not_the_head_of_the_names():
    drawing = """
    | 项目名称 | 巡护 | < | < | < |
    | 绩效指标 | 指标 | 指标权重 | 指标性质 | 指标值 |
    | ^ | 巡护次数 | 60 | ≥ | 40 |
    | ^ | 满意度 | 40 | ≥ | 90 |
    """

    (project,) = only_table(drawing, heading=["市级重点专项资金绩效目标表"]).members

    assert [each.fields["name"].text for each in project.indicators] == ["巡护次数", "满意度"]
