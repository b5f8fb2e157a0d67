"""Long-term and annual indicators of one project, one section below the other or side by side."""

from services.parse.forms.read import read_tables
from tests.builders.grids import grid


def read(drawing, **more):
    (table,) = read_tables([grid(drawing, **more)]).tables
    (project,) = table.members
    return table, project


def texts(indicator):
    return {name: passage.text for name, passage in indicator.fields.items()}


def targets(project):
    return [
        (fields["name"], fields.get("period_target"), fields.get("annual_target"))
        for fields in map(texts, project.indicators)
    ]


def test_sections_below_goals_of_their_own_are_one_project():
    table, project = read(
        """
        | 项目名称 | 巡护 | < | < |
        | 长期目标 | 三年完成 | < | < |
        | 一级指标 | 二级指标 | 三级指标 | 指标值 |
        | 产出指标 | 数量指标 | 次数 | ≥144次 |
        | 效益指标 | 社会效益 | 知晓率 | ≥90% |
        | 年度目标 | 今年完成 | < | < |
        | 一级指标 | 二级指标 | 指标名称 | 指标值 |
        | 产出指标 | 数量指标 | 次数 | ≥48次 |
        | 产出指标 | 时效指标 | 时间 | 年底前 |
        """
    )

    assert table.form == "period_block"
    assert (project.fields["goal_period"].text, project.fields["goal"].text) == ("三年完成", "今年完成")
    assert targets(project) == [
        ("次数", "≥144次", "≥48次"),
        ("知晓率", "≥90%", None),
        ("时间", None, "年底前"),
    ]


def test_sections_with_labels_beside_them_are_told_apart_although_their_headers_are_alike():
    table, project = read(
        """
        | 项目名称 | 巡护 | < | < | < |
        | 长期绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 |
        | ^ | 产出指标 | 数量指标 | 次数 | ≥144次 |
        | 年度绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 |
        | ^ | 产出指标 | 数量指标 | 次数 | ≥48次 |
        """
    )

    assert targets(project) == [("次数", "≥144次", "≥48次")]
    assert table.rows_read == 2


def test_the_year_may_come_first():
    _, project = read(
        """
        | 项目名称 | 巡护 | < | < |
        | 年度目标 | 今年完成 | < | < |
        | 一级指标 | 二级指标 | 三级指标 | 指标值 |
        | 产出指标 | 数量指标 | 次数 | ≥48次 |
        | 项目总目标 | 三年完成 | < | < |
        | 一级指标 | 二级指标 | 三级指标 | 指标值 |
        | 产出指标 | 数量指标 | 次数 | ≥144次 |
        """
    )

    assert targets(project) == [("次数", "≥144次", "≥48次")]


def test_operator_and_unit_of_the_long_term_go_with_its_value():
    _, project = read(
        """
        | 项目名称 | 巡护 | < | < | < | < |
        | 长期目标 | 三年完成 | < | < | < | < |
        | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 计量单位 |
        | 产出指标 | 数量指标 | 次数 | ≥ | 144 | 次 |
        | 年度目标 | 今年完成 | < | < | < | < |
        | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 计量单位 |
        | 产出指标 | 数量指标 | 次数 | ＝ | 48 | 次 |
        """
    )

    fields = texts(project.indicators[0])
    assert (fields["period_operator"], fields["period_target"], fields["period_unit"]) == ("≥", "144", "次")
    assert (fields["annual_operator"], fields["annual_target"], fields["annual_unit"]) == ("＝", "48", "次")


def test_two_projects_below_one_another_stay_two():
    tables = read_tables(
        [
            grid(
                """
                | 项目名称 | 巡护 | < | < |
                | 长期目标 | 三年完成 | < | < |
                | 一级指标 | 二级指标 | 三级指标 | 指标值 |
                | 产出指标 | 数量指标 | 次数 | ≥144次 |
                | 项目名称 | 修馆 | < | < |
                | 年度目标 | 今年修好 | < | < |
                | 一级指标 | 二级指标 | 三级指标 | 指标值 |
                | 产出指标 | 数量指标 | 面积 | ≥48平方米 |
                """
            )
        ]
    ).tables

    assert [table.members[0].fields["name"].text for table in tables] == ["巡护", "修馆"]


def test_a_header_that_names_its_columns_twice_is_a_form_with_a_period():
    table, project = read(
        """
        | 项目名称 | 巡护 | < | < | < | < | < | < |
        | 总体目标 | 中期目标（2026年—2028年） | < | < | 年度目标 | < | < | < |
        | ^ | 三年完成 | < | < | 今年完成 | < | < | < |
        | 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值 |
        | ^ | 产出指标 | 数量指标 | 次数 | ≥144次 | 数量指标 | 次数 | ≥48次 |
        """,
        heading=["项目支出绩效目标申报表"],
    )

    assert table.form == "period_block"
    assert targets(project) == [("次数", "≥144次", "≥48次")]


def test_two_halves_keep_their_own_operators_and_units():
    (table,) = read_tables(
        [
            grid(
                """
                | 项目名称 | 巡护 | < | < | < | < | < |
                | 中期目标 | 三年巡护 | < | 年度目标 | 全年巡护 | < | < |
                | 一级指标 | 三级指标 | 指标性质 | 指标值 | 三级指标 | 指标性质 | 指标值 |
                | 产出指标 | 合格率 | ＝ | 100 | 合格率 | ≥ | 95 |
                """
            )
        ]
    ).tables

    (indicator,) = table.members[0].indicators
    texts = {name: text.text for name, text in indicator.fields.items()}
    assert (texts["period_operator"], texts["period_target"]) == ("＝", "100")
    assert (texts["annual_operator"], texts["annual_target"]) == ("≥", "95")


def test_lines_of_their_own_say_which_section_is_of_the_whole_period():
    (table,) = read_tables(
        [
            grid(
                """
                | 项目名称 | < | 数字档案馆 | < | < |
                | 长期绩效目标表 | < | < | < | < |
                | 目标名称 | 一级指标 | 二级指标 | 三级指标 | 指标值 |
                | 长期绩效目标1 | 产出指标 | 数量指标 | 数字化数量 | 300万页 |
                | 年度绩效目标表 | < | < | < | < |
                | 目标名称 | 一级指标 | 二级指标 | 三级指标 | 指标值 |
                | 年度绩效目标1 | 产出指标 | 数量指标 | 数字化数量 | 100万页 |
                """,
                heading=["项目绩效目标批复表"],
            )
        ]
    ).tables

    (project,) = table.members
    (indicator,) = project.indicators
    assert indicator.fields["period_target"].text == "300万页"
    assert indicator.fields["annual_target"].text == "100万页"
