"""Tables and rows that look like indicators and are none."""

import pytest

from services.parse.forms.read import read_tables
from tests.builders.grids import grid

PLAN = """
| 指标名称 | 单位 | 2024年完成值 | 2025年目标值 | 备注 |
| 粮食产量 | 万吨 | 12.3 | 12.5 | 统计口径 |
"""

PROJECTS = """
| 项目编码 | 项目名称 | 预算单位 | 合计 | 财政拨款 | 项目目标 |
| 33010626T000000001 | 河道清淤 | 湖畔市水利局 | 500.00 | 500.00 | 清淤 |
"""


@pytest.mark.parametrize("drawing", [PLAN, PROJECTS])
def test_a_table_that_does_not_speak_of_performance_is_not_read(drawing):
    reading = read_tables([grid(drawing, heading=["2026年主要指标表"])])

    (explanation,) = reading.explanations
    assert reading.tables == ()
    assert "没有提到绩效" in explanation.reason


@pytest.mark.parametrize("drawing", [PLAN, PROJECTS, PLAN.replace("指标名称", "绩效指标名称")])
def test_it_is_read_when_its_title_or_one_of_its_heads_does(drawing):
    title = "主要指标表" if "绩效" in drawing else "项目绩效目标表"

    assert len(read_tables([grid(drawing, heading=[title])]).tables) == 1


@pytest.mark.parametrize("head", ["权重", "指标性质", "评分标准", "是否核心"])
def test_a_column_that_only_performance_has_is_proof_enough(head):
    drawing = PLAN.replace("备注", head)

    assert len(read_tables([grid(drawing)]).tables) == 1


def test_prose_above_a_plan_does_not_make_it_one_of_performance():
    prose = "本区坚持绩效导向，" * 10

    assert read_tables([grid(PLAN, heading=[prose])]).tables == ()


@pytest.mark.parametrize(
    "row",
    [
        "| 项目负责人：李某 | < | 财务负责人：王某 | < |",
        "| 填表人： | 联系电话：0591-8123456 | 填报日期：2025年11月3日 | < |",
    ],
)
def test_a_row_of_signatures_is_no_indicator(row):
    (table,) = read_tables(
        [
            grid(
                f"""
                | 项目名称 | 巡护 | < | < |
                | 一级指标 | 二级指标 | 三级指标 | 指标值 |
                | 产出指标 | 数量指标 | 次数 | ≥4次 |
                {row}
                """
            )
        ]
    ).tables

    assert [each.fields["name"].text for each in table.members[0].indicators] == ["次数"]


def test_what_a_blank_form_prints_in_place_of_indicators_is_none():
    (table,) = read_tables(
        [
            grid(
                """
                | 项目名称 | 巡护 | < | < |
                | 一级指标 | 二级指标 | 三级指标 | 指标值 |
                | 产出指标 | 数量指标 | 指标1：次数 | ≥4次 |
                | ^ | ^ | …… | |
                | ^ | 质量指标 | 指标1： | |
                | ^ | 成本指标 | 指标2 | |
                | 效益指标 | 经济效益指标 | 指标1：无 | 无 |
                | …… | …… | …… | …… |
                """
            )
        ]
    ).tables

    assert [each.fields["name"].text for each in table.members[0].indicators] == ["指标1：次数"]
