"""
Lists: projects below one another, each with its rows of indicators.

A drawn row is as wide as the list it draws (``noqa: E501``).
"""

# ruff: noqa: E501

from services.parse.forms.read import read_tables
from services.parse.readings import ProjectReading, TotalReading
from tests.builders.grids import grid

HEAD = "| 项目名称（资金使用单位） | 总计 | 财政¶拨款 | 财政专户拨款 | 其他¶资金 | 绩效目标 | 绩效指标 |"
ONE = "1、1-产出指标；11-数量指标；场次；实施周期指标值:≥9场；年度指标值:≥3场。"
LEVELLED = "| 项目名称 | 资金总额 | 绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标值 |"


def only_table(*grids):
    (table,) = read_tables(grids).tables
    return table


def kinds(table):
    return [
        (member.kind, member.name.text)
        if isinstance(member, TotalReading)
        else ("project", member.fields["name"].text)
        for member in table.members
    ]


def projects(table):
    return [member for member in table.members if isinstance(member, ProjectReading)]


def texts(passages):
    return {name: passage.text for name, passage in passages.items()}


def test_all_indicators_of_a_project_may_stand_in_one_cell():
    table = only_table(
        grid(
            f"""
            {HEAD}
            | 合计 | 1,030.00 | 1,030.00 | | | | |
            | 湖畔市文化馆 | 1,030.00 | 1,030.00 | | | | |
            | ____文化节 | 1,030.00 | 1,030.00 | | | 办好文化节 | {ONE} |
            """,
            heading=["项目支出绩效目标表（含转移支付项目）", "部门名称：湖畔市文旅局 单位：万元"],
        )
    )

    assert table.form == "project_list"
    assert (table.department.text, table.amount_unit.text) == ("湖畔市文旅局", "万元")
    assert kinds(table) == [
        ("grand_total", "合计"),
        ("unit_total", "湖畔市文化馆"),
        ("project", "文化节"),
    ]
    (indicator,) = projects(table)[0].indicators
    assert texts(indicator.fields) | {"name": "场次", "annual_target": "≥3场"} == texts(indicator.fields)
    assert texts(projects(table)[0].amounts) == {
        "total": "1,030.00",
        "fiscal": "1,030.00",
        "special_account": "",
        "other": "",
    }


def test_a_project_without_goal_and_indicators_is_told_from_a_unit_by_how_far_it_is_set_in():
    table = only_table(
        grid(
            f"""
            {HEAD}
            | 湖畔市文化馆 | 30 | 30 | | | | |
            | ____文化节 | 10 | 10 | | | 办节 | {ONE} |
            | ____涉密项目 | 20 | 20 | | | | |
            """
        )
    )

    assert kinds(table)[2] == ("project", "涉密项目")


def test_without_indentation_sums_tell_units():
    table = only_table(
        grid(
            f"""
            {HEAD}
            | 合计 | 60 | 60 | | | | |
            | 甲 | 30 | 30 | | | | |
            | 文化节 | 10 | 10 | | | 办节 | {ONE} |
            | 修馆 | 20 | 20 | | | 修馆 | {ONE} |
            | 乙 | 30 | 30 | | | | |
            | 读书节 | 30 | 30 | | | 读书 | {ONE} |
            """
        )
    )

    assert [kind for kind, _ in kinds(table)] == [
        "grand_total",
        "unit_total",
        "project",
        "project",
        "unit_total",
        "project",
    ]


def test_a_row_cut_by_a_pages_end_goes_on_below_the_repeated_header():
    table = only_table(
        grid(
            f"""
            {HEAD}
            | ____文化节 | 10 | 10 | | | 办好 | 1、1-产出指标；11-数量指标；场次；实施周期 |
            ---
            {HEAD}
            | | | | | | 文化节 | 指标值:≥9场；年度指标值:≥3场。 |
            """
        )
    )

    (project,) = projects(table)
    assert project.fields["goal"].text == "办好文化节"
    assert project.indicators[0].fields["period_target"].text == "≥9场"
    assert {box.page for box in project.fields["goal"].boxes()} == {1, 2}


def test_pages_that_repeat_title_and_header_are_one_list():
    pages = [
        grid(
            f"{HEAD}\n| ____{name} | 10 | 10 | | | 办好 | {ONE} |",
            heading=["项目支出绩效目标表"],
            first_page=number,
        )
        for number, name in ((1, "文化节"), (2, "读书节"))
    ]

    table = only_table(*pages)

    assert [project.fields["name"].text for project in projects(table)] == ["文化节", "读书节"]
    assert (table.first_page, table.last_page) == (1, 2)


def test_a_list_without_indicators_keeps_its_goals():
    table = only_table(
        grid(
            """
            | 项目名称 | 预算金额 | 绩效目标 |
            | 文化节 | 10 | 观众不少于3000人 |
            """,
            heading=["项目绩效目标表"],
        )
    )

    assert table.form == "goal_list"
    assert projects(table)[0].fields["goal"].text == "观众不少于3000人"
    assert projects(table)[0].indicators == ()


def test_operator_and_unit_have_columns_of_their_own():
    table = only_table(
        grid(
            """
            | 项目名称 | 项目总额 | 其中： | < | 绩效目标 | 一级指标 | 二级指标 | 三级指标 | 绩效指标性质 | 本年绩效指标值 | 绩效度量单位 |
            | ^ | ^ | 财政资金 | 其他资金 | ^ | ^ | ^ | ^ | ^ | ^ | ^ |
            | 11000021Y0000003¶90843-信息系¶统运维 | 68.5 | 60 | 8.5 | 运维 | 产出指标 | 数量指标 | 次数 | ≥ | 22 | 次 |
            | ^ | ^ | ^ | ^ | ^ | 产出指标 | 时效指标 | 进度 | 定性 | 优 | |
            """,
            heading=["预算表12 项目支出绩效目标表"],
        )
    )

    (project,) = projects(table)
    assert table.form == "typed_list"
    assert texts(project.fields) == {
        "code": "11000021Y000000390843",
        "name": "信息系统运维",
        "goal": "运维",
    }
    assert texts(project.amounts) == {"total": "68.5", "fiscal": "60", "other": "8.5"}
    assert [texts(indicator.fields)["annual_operator"] for indicator in project.indicators] == ["≥", "定性"]


def test_a_name_merged_over_several_amounts_is_several_projects():
    table = only_table(
        grid(
            f"""
            {LEVELLED}
            | 培训 | 10 | 财务培训 | 产出指标 | 数量指标 | 人数 | ≥4人 |
            | ^ | 20 | 法律培训 | 产出指标 | 数量指标 | 人数 | ≥8人 |
            """
        )
    )

    assert [(p.fields["name"].text, p.amounts["total"].text) for p in projects(table)] == [
        ("培训", "10"),
        ("培训", "20"),
    ]


def test_a_project_cut_by_a_pages_end_is_one_though_its_cells_are_two():
    table = only_table(
        grid(
            f"""
            {LEVELLED}
            | 办公设备 | 10 | 提高 | 产出指标 | 数量指标 | 台数 | ≥4台 |
            | ^ | ^ | ^ | 产出指标 | 质量指标 | 合格率 | 100% |
            ---
            | 购置 | | 效率 | 成本指标 | 经济成本指标 | 单价 | ≤1万元 |
            | ^ | ^ | ^ | 满意度指标 | 服务对象满意度指标 | 满意度 | ≥95% |
            """
        )
    )

    (project,) = projects(table)
    assert (project.fields["name"].text, project.fields["goal"].text) == ("办公设备购置", "提高效率")
    assert len(project.indicators) == 4


def test_a_project_printed_again_on_the_next_page_is_the_same():
    table = only_table(
        grid(
            f"""
            {LEVELLED}
            | 设备 | 10 | 提高 | 产出指标 | 数量指标 | 台数 | ≥4台 |
            ---
            {LEVELLED}
            | 设备 | 10 | 提高 | 效益指标 | 社会效益指标 | 效率 | 提高 |
            """
        )
    )

    (project,) = projects(table)
    assert project.fields["goal"].text == "提高"
    assert len(project.indicators) == 2


def test_two_projects_of_one_name_and_amount_on_one_page_are_two():
    table = only_table(
        grid(
            f"""
            {LEVELLED}
            | 设备 | 10 | 提高 | 产出指标 | 数量指标 | 台数 | ≥4台 |
            | 设备 | 10 | 提高 | 产出指标 | 数量指标 | 台数 | ≥4台 |
            """
        )
    )

    assert len(projects(table)) == 2


def test_one_unit_cell_covers_all_its_projects():
    table = only_table(
        grid(
            """
            | 单位名称 | 项目名称 | 年度资金总额(万元) | 年度绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标解释 | 指标值 | 权重 |
            | 文化馆 | 文化节 | 10 | 办节 | 产出指标 | 数量指标 | 场次 | 全年场次 | >=3场 | 40 |
            | ^ | 读书节 | 20 | 读书 | 产出指标 | 数量指标 | 册数 | 新增册数 | >=9册 | 40 |
            """
        )
    )

    assert table.form == "explained_list"
    assert table.amount_unit.text == "万元"
    assert [project.fields["budget_unit"].text for project in projects(table)] == ["文化馆", "文化馆"]


def test_rows_of_units_in_a_list_with_codes_are_totals():
    table = only_table(
        grid(
            """
            | 单位编码 | 单位（项目）名称 | 资金总额 | 绩效目标 | 绩效指标 | < | < | < | < | < |
            | ^ | ^ | ^ | ^ | 一级指标 | 二级指标 | 三级指标 | 指标值 | 评（扣）分标准 | 备注 |
            | 合计 | | 270 | | | | | | | |
            | 201 | 湖畔市文化馆 | 270 | | | | | | | |
            | 201 | 水电费 | 270 | 保障 | 成本指标 | 经济成本指标 | 水费 | 120 | 超出不得分 | 7 |
            """
        )
    )

    assert table.form == "scored_list"
    assert kinds(table) == [
        ("grand_total", "合计"),
        ("unit_total", "湖畔市文化馆"),
        ("project", "水电费"),
    ]
    (indicator,) = projects(table)[0].indicators
    assert (indicator.fields["note"].text, indicator.fields["weight"].text) == ("7", "7")


def test_a_departments_list_names_its_project_after_the_unit():
    table = only_table(
        grid(
            """
            | 单位编码 | 单位名称 | 年度预算申请 | < | 整体绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标值类型 | 指标值 | 计量单位 |
            | ^ | ^ | 资金总额 | 其他资金 | ^ | ^ | ^ | ^ | ^ | ^ | ^ |
            | 201 | 湖畔市文化馆 | 656 | 6 | 办馆 | 产出指标 | 数量指标 | 场次 | ≥ | 3 | 场 |
            """,
            heading=["2026年部门整体支出绩效目标表"],
        )
    )

    assert table.scope == "department"
    assert projects(table)[0].fields["name"].text == "湖畔市文化馆"


def test_a_list_without_levels_has_none():
    table = only_table(
        grid(
            """
            | 序号 | 项目名称 | 当年财政拨款预算金额 | 当年绩效目标 | 指标名称 | 指标性质 | 指标值 | 计量单位 | 指标权重(%) |
            | 1 | 巡护 | 4,902.34 | 保护 | 次数 | ≥ | 48 | 次 | 12 |
            """
        )
    )

    (indicator,) = projects(table)[0].indicators
    assert table.form == "flat_list"
    assert "level1" not in indicator.fields
    assert projects(table)[0].amounts["fiscal"].text == "4,902.34"


def test_a_list_of_heads_only_has_no_member():
    assert only_table(grid(f"{LEVELLED}\n| | | | | | | |")).members == ()


def test_beside_a_better_head_the_contents_of_an_indicator_explain_it():
    table = only_table(
        grid(
            """
            | 单位名称、项目名称 | 项目年度绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 指标属性 | 指标内容 |
            | 巡护 | 保护 | 产出指标 | 数量指标 | 次数 | >= | 48 | 次 | 定量指标 | 每周一次 |
            """
        )
    )

    (indicator,) = projects(table)[0].indicators
    assert (indicator.fields["name"].text, indicator.fields["explanation"].text) == ("次数", "每周一次")


def test_a_head_over_operator_contents_and_unit_means_the_contents():
    table = only_table(
        grid(
            """
            | 项目名称 | 预算数 | 绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | < | < |
            | ^ | ^ | ^ | ^ | ^ | ^ | 运算符号 | 内容 | 度量单位 |
            | 巡护 | 10 | 保护 | 产出指标 | 数量指标 | 次数 | >= | 48 | 次 |
            """
        )
    )

    (indicator,) = projects(table)[0].indicators
    assert [indicator.fields[f"annual_{part}"].text for part in ("operator", "target", "unit")] == [
        ">=",
        "48",
        "次",
    ]


def test_of_several_years_values_only_the_coming_years_is_the_target():
    table = only_table(
        grid(
            """
            | 项目名称 | 预算数 | 绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | < | < |
            | ^ | ^ | ^ | ^ | ^ | ^ | 前年 | 上年 | 预计当年实现 |
            | 巡护 | 10 | 保护 | 产出指标 | 数量指标 | 次数 | 40次 | 44次 | 48次 |
            """
        )
    )

    assert projects(table)[0].indicators[0].fields["annual_target"].text == "48次"


def test_values_below_heads_of_unknown_words_are_not_guessed():
    table = only_table(
        grid(
            """
            | 项目名称 | 预算数 | 绩效目标 | 一级指标 | 三级指标 | 指标值 | < |
            | ^ | ^ | ^ | ^ | ^ | 甲方案 | 乙方案 |
            | 巡护 | 10 | 保护 | 产出指标 | 次数 | 40次 | 44次 |
            """
        )
    )

    assert "annual_target" not in projects(table)[0].indicators[0].fields


def test_a_row_with_a_name_and_nothing_else_is_no_project_but_is_noted():
    table = only_table(
        grid(
            f"""
            {LEVELLED}
            | 一、特定目标类 | | | | | | |
            | 巡护 | 10 | 保护 | 产出指标 | 数量指标 | 次数 | ≥4次 |
            | 注：金额四舍五入。 | | | | | | |
            """
        )
    )

    assert kinds(table) == [("project", "巡护")]
    assert [doubt.code for doubt in table.doubts] == ["row_unread", "row_unread"]


def test_a_subtotal_is_its_units():
    table = only_table(
        grid(
            """
            | 单位名称 | 项目名称 | 金额 | 绩效目标 | 一级指标 | 三级指标 | 指标值 |
            | 文化馆 | 小计 | 10 | | | | |
            | ^ | 文化节 | 10 | 办节 | 产出指标 | 场次 | 3场 |
            """
        )
    )

    assert kinds(table) == [("unit_total", "文化馆"), ("project", "文化节")]


def test_the_upper_part_of_a_row_belongs_to_the_name_on_the_next_page():
    table = only_table(
        grid(
            f"""
            {HEAD}
            | ____文化节 | 10 | 10 | | | 办节 | {ONE} |
            | | | | | | | 1、1-产出指标；11-数量指标；册数；实施周期 |
            ---
            | ____读书节 | 20 | 20 | | | 读书 | 指标值:≥9册；年度指标值:≥3册。 |
            """
        )
    )

    assert [
        (project.fields["name"].text, [each.fields["name"].text for each in project.indicators])
        for project in projects(table)
    ] == [("文化节", ["场次"]), ("读书节", ["册数"])]


def test_a_sum_of_an_evaluation_without_a_total_is_no_part_of_the_last_project():
    (table,) = read_tables(
        [
            grid(
                """
                | 序号 | 项目名称 | 全年预算数 | 全年执行数 | 一级指标 | 三级指标 | 年度指标值 | 实际完成值 |
                | 1 | 扫描 | 120 | 118 | 产出指标 | 页数 | ≥20万页 | 21万页 |
                | ^ | ^ | ^ | ^ | 效益指标 | 读者 | ≥90人 | 93人 |
                | 合计 | | 120 | 118 | | | | |
                """,
                heading=["项目支出绩效自评表"],
            )
        ]
    ).tables

    project, total = table.members
    assert project.amounts["adjusted"].text == "120"
    assert (total.kind, total.name.text, total.amounts["executed"].text) == ("grand_total", "合计", "118")
