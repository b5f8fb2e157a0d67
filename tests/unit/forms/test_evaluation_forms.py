"""Evaluations: told by their title where no score is printed, and their total compared with their scores."""

import pytest

from services.parse.forms.read import read_tables
from tests.builders.grids import grid

HEAD = """
| 项目名称 | 法律援助 | < | < | < | < | < |
| 项目资金（万元） | | 年初预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| ^ | 年度资金总额 | 100 | 90 | 10 | 90% | 9 |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 数量指标 | 援助案件数 | ≥500件 | 620件 | 50 | 50 |
| 效益指标 | 社会效益指标 | 知晓率 | ≥85% | 80% | 40 | 38.5 |
"""


def read(total):
    (table,) = read_tables([grid(f"{HEAD}{total}", heading=["项目支出绩效自评表"])]).tables
    (project,) = table.members
    return project


@pytest.mark.parametrize(
    "total",
    [
        "| 总分 | < | < | < | < | 100 | 97.5 |",
        "| 总 分 | < | < | < | < | 90 | 88.5 |",
        "| 合计 | | | | | 100 | 97.5分 |",
        "| 总分 | < | < | < | < | 100 | |",
        "",
    ],
)
def test_a_total_that_the_scores_add_up_to_is_no_indicator_and_no_finding(total):
    project = read(total)

    assert [each.fields["name"].text for each in project.indicators] == ["援助案件数", "知晓率"]
    assert project.doubts == ()


def test_a_total_that_is_neither_sum_is_reported_with_both():
    (doubt,) = read("| 总分 | < | < | < | < | 100 | 99 |").doubts

    assert (doubt.code, doubt.expected, doubt.found) == ("score_sum", "99", "97.5")


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("部门整体支出绩效自评表", "self_evaluation"),
        ("项目支出绩效评价表", "self_evaluation"),
        ("项目支出绩效运行监控表", "monitoring"),
    ],
)
def test_without_scores_the_title_tells_an_evaluation_from_monitoring(title, form):
    drawing = """
    | 项目名称 | 法律援助 | < | < | < |
    | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 |
    | 产出指标 | 数量指标 | 援助案件数 | ≥500件 | 620件 |
    """
    (table,) = read_tables([grid(drawing, heading=[title])]).tables

    assert table.form == form
