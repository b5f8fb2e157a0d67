"""Blocks: one project or department in one bordered table."""

from services.parse.forms.read import read_tables
from services.parse.passage import Passage
from services.parse.readings import ProjectReading, TableReading
from tests.builders.grids import grid

WEIGHTED = """
| 项目名称       | <        | 湿地巡护         | <        | <            | <            |
| 主管部门及代码 | <        | [301]湖畔市林业局 | 实施单位 | 湖畔市湿地站 | <            |
| 项目资金（万元）| <       | 年度资金总额：   | 120.00   | 执行率分值（10）| <         |
| ^              | ^        | 其中：财政拨款   | 100.00   | ^            | ^            |
| ^              | ^        | 上年结转         | 15.50    | ^            | ^            |
| ^              | ^        | 其他资金         | 4.50     | ^            | ^            |
| 年度总体目标   | 完成巡护，¶保护湿地。 | < | <       | <            | <            |
| 绩效指标       | 一级指标 | 二级指标         | 三级指标 | 指标值       | 分值（90）   |
| ^              | 产出指标 | 数量指标         | 巡护次数 | ≥48次        | 50           |
| ^              | ^        | 质量指标         | 记录完整率 | ≥95%       | 20           |
| ^              | 满意度指标 | 服务对象满意度指标 | 游客满意度 | ≥90%   | 20           |
"""


def only_table(*grids) -> TableReading:
    (table,) = read_tables(grids).tables
    return table


def only_project(table: TableReading) -> ProjectReading:
    (project,) = table.members
    assert isinstance(project, ProjectReading)
    return project


def texts(passages) -> dict[str, str]:
    return {name: passage.text for name, passage in passages.items()}


def test_labels_stand_before_their_values():
    table = only_table(grid(WEIGHTED, heading=["湿地巡护绩效目标表", "（2026年度）"]))

    project = only_project(table)

    assert texts(project.fields) == {
        "name": "湿地巡护",
        "department": "[301]湖畔市林业局",
        "budget_unit": "湖畔市湿地站",
        "goal": "完成巡护，保护湿地。",
    }
    assert texts(project.amounts) == {
        "total": "120.00",
        "fiscal": "100.00",
        "carried_over": "15.50",
        "other": "4.50",
    }


def test_title_year_unit_of_money_and_form_come_from_print():
    table = only_table(grid(WEIGHTED, heading=["湿地巡护绩效目标表", "（2026年度）"]))

    assert (table.form, table.scope) == ("weighted_block", "project")
    assert table.title.text == "湿地巡护绩效目标表"
    assert table.year.text == "2026年"
    assert table.amount_unit.text == "万元"


def test_a_merged_level_is_printed_for_every_row_it_covers():
    project = only_project(only_table(grid(WEIGHTED)))

    assert [texts(indicator.fields) for indicator in project.indicators][1] == {
        "level1": "产出指标",
        "level2": "质量指标",
        "name": "记录完整率",
        "annual_target": "≥95%",
        "weight": "20",
    }


def test_a_blank_level_stays_blank():
    project = only_project(
        only_table(
            grid(
                """
                | 项目名称 | 巡护 | < | < |
                | 一级指标 | 二级指标 | 三级指标 | 指标值 |
                | 产出指标 | 数量指标 | 次数 | ≥4次 |
                |          | 社会效益 | 影响 | 扩大 |
                """
            )
        )
    )

    assert project.indicators[1].fields["level1"].text == ""


def test_label_and_value_may_share_a_cell():
    project = only_project(
        only_table(
            grid(
                """
                | 项目名称：湿地巡护 | < | < | < |
                | 资金总额：15.00 | 其中：财政拨款：12.00 | 其他资金：3.00 | |
                | 一级指标 | 二级指标 | 三级指标 | 目标值 |
                | 产出指标 | 数量指标 | 次数 | ≥4次 |
                """
            )
        )
    )

    assert project.fields["name"].text == "湿地巡护"
    assert texts(project.amounts) == {"total": "15.00", "fiscal": "12.00", "other": "3.00"}


def test_labels_side_by_side_have_their_values_below():
    project = only_project(
        only_table(
            grid(
                """
                | 项目名称 | 文化节 | < | < |
                | 项目资金（万元） | 实施期资金总额 | 300 | < |
                | ^ | 年度资金总额 | 100 | < |
                | 总体目标 | 实施期目标 | < | 年度目标 |
                | ^ | 三年办好三届 | < | 办好一届 |
                | 一级指标 | 二级指标 | 指标内容 | 指标值 |
                | 产出指标 | 数量指标 | 场次 | ≥3场 |
                """
            )
        )
    )

    assert project.fields["goal"].text == "办好一届"
    assert project.fields["goal_period"].text == "三年办好三届"
    assert project.amounts["total"].text == "100"


def test_money_of_the_whole_period_counts_where_no_other_is_printed():
    project = only_project(
        only_table(
            grid(
                """
                | 项目名称 | 文化节 | < | < |
                | 资金金额(万元) | 实施期资金总额： | 300 | < |
                | ^ | 其中：财政拨款 | 280 | < |
                | 一级指标 | 二级指标 | 三级指标 | 指标值 |
                | 产出指标 | 数量指标 | 场次 | ≥3场 |
                """
            )
        )
    )

    assert texts(project.amounts) == {"total": "300", "fiscal": "280"}


def test_of_a_table_of_tasks_the_sum_is_the_money():
    project = only_project(
        only_table(
            grid(
                """
                | 部门（单位）名称 | 湖畔市文旅局 | < | < |
                | 年度主要任务 | 任务名称 | 预算金额（万元） | < |
                | ^ | ^ | 总额 | 财政拨款 |
                | ^ | 办节 | 40 | 30 |
                | ^ | 修馆 | 60 | 60 |
                | ^ | 金额合计 | 100 | 90 |
                | 一级指标 | 二级指标 | 三级指标 | 指标值 |
                | 产出指标 | 数量指标 | 场次 | ≥3场 |
                """,
                heading=["2025年部门整体支出绩效目标表"],
            )
        )
    )

    assert texts(project.amounts) == {"total": "100", "fiscal": "90"}


def test_a_department_table_is_one_project_with_the_departments_name():
    table = only_table(
        grid(
            """
            | 部门名称 | 湖畔市文旅局 | < | < | < |
            | 总体绩效目标 | 办好文旅 | < | < | < |
            | 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 |
            | ^ | 产出指标 | 数量指标 | 场次 | ≥3场 |
            """,
            heading=["部门整体预算绩效目标申报表"],
        )
    )

    assert table.scope == "department"
    assert only_project(table).fields["name"].text == "湖畔市文旅局"


def test_the_project_may_be_named_in_the_title_alone():
    table = only_table(
        grid(
            """
            | 年度目标 | 修好步道 | < | < |
            | 一级指标 | 二级指标 | 三级指标 | 目标值 |
            | 产出指标 | 数量指标 | 步道长度 | ≥3公里 |
            """,
            heading=["滨湖步道维修项目绩效目标表"],
        )
    )

    assert only_project(table).fields["name"].text == "滨湖步道维修"


def test_a_forms_own_title_names_no_project():
    table = only_table(
        grid(
            """
            | 年度目标 | 修好步道 | < | < |
            | 一级指标 | 二级指标 | 三级指标 | 目标值 |
            | 产出指标 | 数量指标 | 步道长度 | ≥3公里 |
            """,
            heading=["2026年项目支出绩效目标表"],
        )
    )

    assert "name" not in only_project(table).fields


def test_a_self_evaluation_keeps_actual_value_score_and_deviation():
    table = only_table(
        grid(
            """
            | 项目名称 | 湿地巡护 | < | < | < | < | < | < |
            | 项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
            | ^ | 年度资金总额 | 100.00 | 110.00 | 99.00 | 10 | 90% | 9.0 |
            | ^ | 其中：财政拨款 | 100.00 | 110.00 | 99.00 | — | 90% | — |
            | 年度总体目标 | 预期目标 | < | < | 实际完成情况 | < | < | < |
            | ^ | 巡护湿地 | < | < | 已巡护 | < | < | < |
            | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差¶原因分析 |
            | 产出指标（50分） | 数量指标 | 巡护次数 | ≥48次 | 40次 | 50 | 41.7 | 汛期停巡 |
            | 总分 | < | < | < | < | 100 | 90.7 | |
            """,
            heading=["项目支出绩效自评表", "（2025年度）"],
        )
    )

    (indicator,) = only_project(table).indicators
    assert table.form == "self_evaluation"
    assert texts(indicator.fields) == {
        "level1": "产出指标（50分）",
        "level2": "数量指标",
        "name": "巡护次数",
        "annual_target": "≥48次",
        "actual": "40次",
        "weight": "50",
        "score": "41.7",
        "deviation": "汛期停巡",
    }
    assert only_project(table).fields["goal"].text == "巡护湿地"
    assert texts(only_project(table).amounts) == {
        "total": "100.00",
        "fiscal": "100.00",
        "budgeted": "100.00",
        "adjusted": "110.00",
        "executed": "99.00",
        "execution_rate": "90%",
    }


def test_a_transfer_form_has_central_and_local_money():
    table = only_table(
        grid(
            """
            | 专项名称 | < | 湿地保护补助 | < |
            | 中央主管部门 | < | 林草局 | < |
            | 资金情况（万元） | 年度金额： | 500 | < |
            | ^ | 其中：中央补助 | 400 | < |
            | ^ | 地方资金 | 100 | < |
            | 一级指标 | 二级指标 | 三级指标 | 指标值 |
            | 产出指标 | 数量指标 | 补助面积 | ≥3万亩 |
            """,
            heading=["中央对地方专项转移支付区域绩效目标表"],
        )
    )

    assert (table.form, table.scope) == ("transfer_block", "transfer")
    assert texts(only_project(table).amounts) == {"total": "500", "central": "400", "local": "100"}


def test_levels_and_name_in_one_cell_are_parted():
    table = only_table(
        grid(
            """
            | 部门名称 | 湖畔市文旅局 | < | < | < |
            | 整体绩效目标 | 活动 | 绩效指标 | 指标性质 | 指标值 |
            | ^ | 文旅业务 | 产出指标质量指标检测合格率 | ≥ | 99 |
            """
        )
    )

    (indicator,) = only_project(table).indicators
    assert table.form == "activity_block"
    assert texts(indicator.fields) == {
        "activity": "文旅业务",
        "level1": "产出指标",
        "level2": "质量指标",
        "name": "检测合格率",
        "annual_operator": "≥",
        "annual_target": "99",
    }


def test_values_for_the_whole_period_stand_beside_those_of_the_year():
    table = only_table(
        grid(
            """
            | 项目名称 | 文化节 | < | < | < | < | < |
            | 总体目标 | 中期目标 | < | < | 年度目标 | < | < |
            | ^ | 三届 | < | < | 一届 | < | < |
            | 一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值 |
            | 产出指标 | 数量指标 | 场次 | 9场 | 数量指标 | 场次 | 3场 |
            | ^ | 质量指标 | 验收率 | 100% | 时效指标 | 按期完成率 | 100% |
            """,
            heading=["项目支出绩效目标申报表"],
        )
    )

    found = [texts(indicator.fields) for indicator in only_project(table).indicators]
    assert [(each["name"], each.get("period_target"), each.get("annual_target")) for each in found] == [
        ("场次", "9场", "3场"),
        ("验收率", "100%", None),
        ("按期完成率", None, "100%"),
    ]


def test_tables_one_below_another_in_a_grid_are_several():
    readings = read_tables(
        [
            grid(
                """
                | 甲项目绩效目标表 | < | < | < |
                | 项目名称 | 甲 | < | < |
                | 主管部门 | 湖畔市文旅局 | 实施单位 | 文化馆 |
                | 一级指标 | 二级指标 | 三级指标 | 指标值 |
                | 产出指标 | 数量指标 | 场次 | ≥3场 |
                | 备注 | < | < | < |
                | 乙项目绩效目标表 | < | < | < |
                | 项目名称 | 乙 | < | < |
                | 主管部门 | 湖畔市文旅局 | 实施单位 | 图书馆 |
                | 一级指标 | 二级指标 | 三级指标 | 指标值 |
                | 产出指标 | 数量指标 | 册数 | ≥30册 |
                """
            )
        ]
    )

    assert [only_project(table).fields["name"].text for table in readings.tables] == ["甲", "乙"]
    assert [table.title.text for table in readings.tables] == ["甲项目绩效目标表", "乙项目绩效目标表"]
    assert [len(only_project(table).indicators) for table in readings.tables] == [1, 1]


def test_a_head_cut_off_by_the_pages_end_belongs_to_the_table_on_the_next():
    table = only_table(
        grid("| 项目名称 | 巡护 |", heading=["巡护项目绩效目标表"]),
        grid(
            """
            | 年度目标 | 修好 | < | < |
            | 一级指标 | 二级指标 | 三级指标 | 指标值 |
            | 产出指标 | 数量指标 | 次数 | ≥4次 |
            """,
            first_page=2,
        ),
    )

    assert only_project(table).fields["name"].text == "巡护"
    assert (table.first_page, table.last_page) == (1, 2)


def test_a_header_repeated_on_the_next_page_goes_on_with_the_block():
    table = only_table(
        grid(
            """
            | 当年整体绩效目标 | < | < |
            | 办好文旅 | < | < |
            | 指标名称 | 指标性质 | 指标值 |
            | 场次 | ≥ | 3 |
            """,
            heading=["2026年部门整体绩效目标表"],
        ),
        grid(
            """
            | 指标名称 | 指标性质 | 指标值 |
            | 人次 | ≥ | 300 |
            """,
            first_page=2,
        ),
    )

    assert table.form == "flat_block"
    assert len(only_project(table).indicators) == 2


def test_level_rows_without_an_indicator_are_none():
    project = only_project(
        only_table(
            grid(
                """
                | 项目名称 | 巡护 | < | < |
                | 一级指标 | 二级指标 | 三级指标 | 指标值 |
                | 产出指标 | 数量指标 | 次数 | ≥4次 |
                | ^ | 质量指标 | | |
                | ^ | 时效指标 | 不适用 | 不适用 |
                """
            )
        )
    )

    assert [indicator.fields["name"].text for indicator in project.indicators] == ["次数"]


def test_a_value_without_a_name_is_kept_and_doubted():
    project = only_project(
        only_table(
            grid(
                """
                | 项目名称 | 巡护 | < | < |
                | 一级指标 | 二级指标 | 三级指标 | 指标值 |
                | 产出指标 | 数量指标 | | ≥4次 |
                """
            )
        )
    )

    (indicator,) = project.indicators
    assert [doubt.code for doubt in indicator.doubts] == ["name_missing"]


def test_a_blank_form_has_no_project():
    table = only_table(
        grid(
            """
            | 项目名称 | | < | < |
            | 年度目标 | | < | < |
            | 一级指标 | 二级指标 | 三级指标 | 指标值 |
            | | | | |
            """,
            heading=["项目支出绩效目标表"],
        )
    )

    assert table.members == ()


def test_a_filled_head_without_indicators_is_doubted():
    table = only_table(
        grid(
            """
            | 项目名称 | 巡护 | < | < |
            | 一级指标 | 二级指标 | 三级指标 | 指标值 |
            | | | | |
            """
        )
    )

    assert [doubt.code for doubt in table.doubts] == ["empty_form"]


def test_a_fields_box_lies_on_its_print():
    project = only_project(only_table(grid(WEIGHTED)))

    (box,) = project.indicators[0].fields["annual_target"].boxes()
    assert (box.x0, box.top) == (802.0, 482.0)


def test_who_fills_in_a_projects_table_is_its_unit():
    table = only_table(
        grid(
            """
            | 填报单位 | 湖畔市湿地站 | 主管部门 | 湖畔市林业局 |
            | 项目名称 | 巡护 | < | < |
            | 一级指标 | 二级指标 | 三级指标 | 指标值 |
            | 产出指标 | 数量指标 | 次数 | ≥4次 |
            """
        )
    )

    assert table.scope == "project"
    assert table.department.text == "湖畔市林业局"
    assert only_project(table).fields["budget_unit"].text == "湖畔市湿地站"


def test_a_name_over_second_level_and_name_is_the_name_and_a_level_there_the_level():
    project = only_project(
        only_table(
            grid(
                """
                | 部门名称 | 湖畔市档案馆 | < | < |
                | 一级指标 | 二级指标 | 三级指标 | 目标值 |
                | 一般性支出情况 | “三公”经费控制率 | < | ≤100% |
                | 满意度指标 | 服务对象满意度 | < | ≥90% |
                """
            )
        )
    )

    assert [
        tuple(each.fields.get(name, Passage()).text for name in ("level2", "name"))
        for each in project.indicators
    ] == [("", "“三公”经费控制率"), ("服务对象满意度", "")]


def test_an_evaluation_with_one_row_of_money_has_the_budgeted_as_its_total():
    project = only_project(
        only_table(
            grid(
                """
                | 部门名称 | 湖畔市水利局 | < | < | < | < |
                | 部门预算资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 | < |
                | ^ | 1,560.00 | 1,720.00 | 1,680.44 | 97.70% | < |
                | 年度总体目标完成情况 | 预期目标 | < | 目标实际完成情况 | < | < |
                | ^ | 治理2万亩 | < | 治理2.1万亩 | < | < |
                | 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
                | 产出指标 | 治理面积 | ≥2万亩 | 2.1万亩 | 90 | 90 |
                """
            )
        )
    )

    assert project.fields["goal"].text == "治理2万亩"
    assert {name: text.text for name, text in project.amounts.items()} == {
        "total": "1,560.00",
        "budgeted": "1,560.00",
        "adjusted": "1,720.00",
        "executed": "1,680.44",
        "execution_rate": "97.70%",
    }


TWO_BLOCKS = """
| 项目名称 | 巡护 | < | < |
| 年度资金总额 | 120 | < | < |
| 一级指标 | 二级指标 | 三级指标 | 指标值 |
| 产出指标 | 数量指标 | 次数 | ≥4次 |
| 项目名称 | 修馆 | < | < |
| 年度资金总额 | 80 | < | < |
| 一级指标 | 二级指标 | 三级指标 | 指标值 |
| 产出指标 | 数量指标 | 面积 | 300平方米 |
"""


def test_what_is_printed_once_above_blocks_of_one_layout_is_above_each():
    heading = ["2026年项目支出绩效目标表", "（单位：万元）"]
    first, second = read_tables([grid(TWO_BLOCKS, heading=heading)]).tables

    assert (second.title.text, second.amount_unit.text, second.year.text) == (heading[0], "万元", "2026年")
    assert first.title == second.title


def test_words_beside_a_group_of_columns_are_not_its_total():
    project = only_project(
        only_table(
            grid(
                """
                | 部门名称 | 湖畔市文旅局 | < | < |
                | 年度部门预算 | 收入来源说明（万元） | < | < |
                | ^ | 财政拨款 | 其他收入 | 合计 |
                | ^ | 1,200 | 30 | 1,230 |
                | 一级指标 | 二级指标 | 三级指标 | 指标值 |
                | 产出指标 | 数量指标 | 演出 | ≥60场 |
                """
            )
        )
    )

    assert {name: text.text for name, text in project.amounts.items()} == {
        "total": "1,230",
        "fiscal": "1,200",
        "other": "30",
    }
