"""Forms added one by one: execution monitoring, terms, second levels laid out sideways, garbled heads."""

import pytest

from services.parse.forms.read import read_tables
from services.parse.forms.terms import split_term
from tests.builders.grids import grid, passage, recognised


def read(drawn):
    (table,) = read_tables([drawn]).tables
    (project,) = table.members
    return table, project


def texts(fields):
    return {name: text.text for name, text in fields.items()}


MONITORING = """
| 项目名称 | 巡护 | < | < | < | < | < | < | < | < | < |
| 资金（万元） | < | 年初预算数 | 1-7月执行数 | 1-7月执行率 | 全年预计执行数 | < | < | < | < | < |
| ^ | 年度资金总额 | 100 | 50 | 50% | 99 | < | < | < | < | < |
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 1-7月执行情况 | 全年预计完成 | 偏差原因分析 | < | < | 可能 | < |
| ^ | ^ | ^ | ^ | ^ | ^ | 经费保障 | 制度保障 | 原因说明 | 确定能 | 有可能 |
| 产出指标 | 数量指标 | 次数 | ≥48次 | 20次 | 47次 | √ | | 汛期停巡 | √ | |
"""


def test_monitoring_keeps_what_was_done_and_why_it_deviates_but_no_forecast():
    table, project = read(grid(MONITORING, heading=["项目支出绩效目标执行监控表"]))

    (indicator,) = project.indicators
    assert table.form == "monitoring"
    assert texts(indicator.fields) == {
        "level1": "产出指标",
        "level2": "数量指标",
        "name": "次数",
        "annual_target": "≥48次",
        "actual": "20次",
        "deviation": "汛期停巡",
    }
    assert texts(project.amounts) == {
        "total": "100",
        "budgeted": "100",
        "executed": "50",
        "execution_rate": "50%",
    }


@pytest.mark.parametrize(
    ("term", "start", "end"),
    [
        ("2026-01-01 至 2026-12-31", "2026-01-01", "2026-12-31"),
        ("2026年1月-2028年12月", "2026年1月", "2028年12月"),
        ("2026年—2028年", "2026年", "2028年"),
        ("2026-2028", "2026", "2028"),
        ("自2026.1至2026.12止", "2026.1", "2026.12"),
        ("2026年1月1日～2026年12月31日（一年）", "2026年1月1日", "2026年12月31日"),
    ],
)
def test_a_term_has_a_start_and_an_end(term, start, end):
    assert texts(split_term(passage(term))) == {"start": start, "end": end}


@pytest.mark.parametrize("term", ["3年", "长期", "2026年", "2026-12-31", "一次性项目", "", "2026年底前完成"])
def test_a_term_that_names_no_two_dates_is_not_cut(term):
    assert split_term(passage(term)) == {}


def test_the_dates_of_a_block_come_from_its_term():
    _, project = read(
        grid(
            """
            | 项目名称 | 巡护 | 实施期限 | 2026年1月-2026年12月 |
            | 一级指标 | 二级指标 | 三级指标 | 指标值 |
            | 产出指标 | 数量指标 | 次数 | ≥4次 |
            """
        )
    )

    assert texts(project.fields) == {"name": "巡护", "start": "2026年1月", "end": "2026年12月"}


SIDEWAYS = """
| 项目名称 | 预算金额 | 绩效目标 | 产出指标 | < | < | 效益指标 | 满意度指标 |
| ^ | ^ | ^ | 数量指标 | 质量指标 | 时效指标 | 社会效益指标 | 服务对象满意度 |
| 湿地巡护 | 120 | 保护湿地 | 1.巡护≥48次；¶2.站点12个 | 完整率≥95% | 年底前 | 知晓：90%以上 | 满意度≥90% |
| 修馆 | 80 | 修好场馆 | 面积：300平方米 | | | | |
"""


def test_second_levels_laid_out_sideways_are_levels_of_what_stands_below_them():
    (table,) = read_tables([grid(SIDEWAYS, heading=["2026年项目支出绩效目标表"])]).tables

    first, second = table.members
    assert table.form == "sideways_list"
    assert [
        tuple(texts(each.fields).get(name) for name in ("level1", "level2", "name", "annual_target"))
        for each in first.indicators
    ] == [
        ("产出指标", "数量指标", "巡护", "≥48次"),
        ("产出指标", "数量指标", "站点", "12个"),
        ("产出指标", "质量指标", "完整率", "≥95%"),
        ("产出指标", "时效指标", "年底前", ""),
        ("效益指标", "社会效益指标", "知晓", "90%以上"),
        ("满意度指标", "服务对象满意度", "满意度", "≥90%"),
    ]
    assert [texts(each.fields)["name"] for each in second.indicators] == ["面积"]
    assert first.fields["goal"].text == "保护湿地"


def test_a_field_cut_out_of_a_sideways_cell_keeps_its_place():
    (table,) = read_tables([grid(SIDEWAYS)]).tables

    second = table.members[0].indicators[1].fields
    assert second["name"].boxes()[0].top > table.members[0].indicators[0].fields["name"].boxes()[0].top


GARBLED = """
| 项目名称 | 巡护 | < | < |
| 一级指标 | 二级指标 | 三级指标 | 指际值 |
| 产出指标 | 数量指标 | 次数 | ≥4次 |
"""


def test_a_recognised_head_with_one_wrong_character_is_meant_and_doubted():
    table, project = read(recognised(grid(GARBLED)))

    (doubt,) = table.doubts
    assert (doubt.code, doubt.found, doubt.expected) == ("head_garbled", "指际值", "指标值")
    assert texts(project.indicators[0].fields)["annual_target"] == "≥4次"


def test_printed_text_is_never_mended():
    assert read_tables([grid(GARBLED.replace("≥4次", "按时"))]).tables == ()


def test_a_printed_head_of_unknown_words_over_promises_is_that_of_the_values():
    table, project = read(grid(GARBLED))

    assert table.doubts == ()
    assert texts(project.indicators[0].fields)["annual_target"] == "≥4次"


@pytest.mark.parametrize(
    "head",
    [
        "| 一级指标 | 二级指标 | 三级指标 | 责任处 |",  # another word
        "| 一级指标 | 二级指标 | 三级指际 | 指际值 |",  # two of them
        "| 科目 | 编码 | 名称 | 指际值 |",  # nothing else is a header
        "| 一级指标 | 二级指标 | 三级指标 | 日标 |",  # too short to tell
    ],
)
def test_a_head_is_not_mended_where_the_row_does_not_tell(head):
    drawn = recognised(grid(f"| 项目名称 | 巡护 | < | < |\n{head}\n| 产出指标 | 数量指标 | 次数 | ≥4次 |"))

    assert all(each.code != "head_garbled" for table in read_tables([drawn]).tables for each in table.doubts)


def test_the_departments_form_with_tasks_keeps_the_sum_of_its_tasks():
    table, project = read(
        grid(
            """
            | 省级部门整体绩效目标表 | < | < | < | < | < | < | < |
            | （2020年度） | < | < | < | < | < | < | < |
            | 部门（单位）名称 | < | < | 湖畔省文旅厅 | < | < | < | < |
            | 年度主要任务 | 任务名称 | < | 主要内容 | < | 预算金额（万元） | < | < |
            | ^ | ^ | < | ^ | < | 总额 | 财政拨款 | 其他资金 |
            | ^ | 任务1 | < | 办节 | < | 40 | 30 | 10 |
            | ^ | 金额合计 | < | < | < | 100 | 90 | 10 |
            | 年度总体目标 | 办好节。 | < | < | < | < | < | < |
            | 年度绩效指标 | 一级指标 | < | 二级指标 | < | 三级指标 | 指标值 | < |
            | ^ | 产出指标 | < | 数量指标 | < | 场次 | ≥3场 | < |
            """
        )
    )

    assert (table.title.text, table.scope, table.year.text) == (
        "省级部门整体绩效目标表",
        "department",
        "2020年",
    )
    assert project.fields["name"].text == "湖畔省文旅厅"
    assert texts(project.amounts) == {"total": "100", "fiscal": "90", "other": "10"}


def test_first_levels_may_be_laid_out_sideways_too():
    (table,) = read_tables(
        [
            grid(
                """
                | 项目名称 | 金额（万元） | 年度绩效目标 | 产出指标 | 效益指标 | 满意度指标 |
                | 河道保洁 | 120 | 保洁80公里 | 河长≥80公里；¶频次≥3次/周 | 达标率≥90% | 群众满意度≥90% |
                """,
                heading=["2026年部门项目绩效目标表"],
            )
        ]
    ).tables

    (project,) = table.members
    assert table.form == "sideways_list"
    assert [texts(each.fields) for each in project.indicators] == [
        {"level1": "产出指标", "name": "河长", "annual_target": "≥80公里"},
        {"level1": "产出指标", "name": "频次", "annual_target": "≥3次/周"},
        {"level1": "效益指标", "name": "达标率", "annual_target": "≥90%"},
        {"level1": "满意度指标", "name": "群众满意度", "annual_target": "≥90%"},
    ]
