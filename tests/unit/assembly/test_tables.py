"""What becomes of a table as read."""

import pytest

from services.parse.assembly.identity import Citations
from services.parse.assembly.tables import assemble_table
from services.parse.readings import Doubt
from tests.builders.readings import (
    indicator_reading,
    printed,
    project_reading,
    table_reading,
    total_reading,
)


def assembled(*members, department=None, **more):
    return assemble_table(table_reading(*members, **more), Citations("0" * 64), department)


def only_project(*members, **more):
    return assembled(*members, **more)[0].projects[0]


def only_indicator(reading):
    return only_project(project_reading("甲", reading)).indicators[0]


def test_projects_belong_to_the_unit_printed_above_them():
    table, _ = assembled(
        total_reading("grand_total", "合计", total="3.00"),
        total_reading("unit_total", "市热线中心", total="1.00"),
        project_reading("一", amounts={"total": "1.00"}),
        total_reading("unit_total", "市档案馆", total="2.00"),
        project_reading("二", amounts={"total": "2.00"}),
    )

    assert [(project.name, project.budget_unit) for project in table.projects] == [
        ("一", "市热线中心"),
        ("二", "市档案馆"),
    ]
    assert [total.kind for total in table.totals] == ["grand_total", "unit_total", "unit_total"]


def test_a_printed_unit_comes_before_the_one_above():
    project = only_project(
        total_reading("unit_total", "市热线中心"), project_reading("一", budget_unit="市档案馆")
    )

    assert project.budget_unit == "市档案馆"


def test_money_is_a_decimal_string_in_its_unit_and_in_yuan():
    project = only_project(
        project_reading("一", amounts={"total": "1,391.47", "fiscal": "1,391.47", "other": ""}),
        amount_unit="万元",
    )

    assert (project.amounts.total, project.amounts.other, project.amounts.unit) == ("1391.47", None, "万元")
    assert project.amounts.total_yuan == "13914700"


def test_without_a_printed_unit_nothing_is_said_in_yuan():
    project = only_project(project_reading("一", amounts={"total": "5.00"}))

    assert (project.amounts.unit, project.amounts.total_yuan) == (None, None)


def test_a_unit_beside_the_amount_counts_where_none_is_printed_around_the_table():
    project = only_project(
        project_reading("一", amounts={"total": "1,200.50 万元", "fiscal": "1,200.50万元"})
    )

    assert (project.amounts.total, project.amounts.fiscal, project.amounts.unit) == (
        "1200.50",
        "1200.50",
        "万元",
    )
    assert project.amounts.total_yuan == "12005000"


def test_an_amount_in_another_unit_than_the_table_is_not_read():
    table, findings = assembled(project_reading("一", amounts={"total": "120元"}), amount_unit="万元")

    assert table.projects[0].amounts.total is None
    assert [finding.code for finding in findings if finding.code.startswith("amount")] == [
        "amount_unreadable"
    ]


def test_a_rate_of_execution_is_a_percentage():
    table, findings = assembled(project_reading("一", amounts={"total": "10.00", "execution_rate": "90.5%"}))

    assert table.projects[0].amounts.execution_rate == "90.5"
    assert not [finding for finding in findings if finding.code == "amount_unreadable"]


def test_an_amount_that_is_no_number_is_left_out_and_reported():
    table, findings = assembled(project_reading("一", amounts={"total": "见附件", "other": "—"}))

    assert table.projects[0].amounts.total is None
    assert [finding.code for finding in findings if finding.code == "amount_unreadable"] == [
        "amount_unreadable"
    ]
    assert "amount_unreadable" in table.projects[0].findings


def test_a_department_wide_table_is_one_project_named_after_the_department():
    project = only_project(
        project_reading("", indicator_reading()), scope="department", department="市政务服务局"
    )

    assert project.name == "市政务服务局"
    assert (
        only_project(
            project_reading("", goal="畅通。"), scope="department", department=None, title="整体"
        ).name
        == "整体"
    )


def test_a_table_without_a_department_takes_that_of_the_document():
    assert only_project(project_reading("一"), title="表").department is None
    table, _ = assemble_table(table_reading(project_reading("一")), Citations("0" * 64), "市档案局")
    assert table.projects[0].department == "市档案局"


def test_each_field_says_where_it_is_printed():
    row = only_indicator(indicator_reading("办结率", "≥90%", x=60, y=200, page=7))

    assert row.page == 7
    assert (row.boxes["name"][0].x0, row.boxes["name"][0].top) == (60, 200)
    assert row.boxes["annual_target"][0].page == 7


def test_a_level_in_a_merged_cell_is_printed_for_every_row_it_covers():
    row = only_indicator(indicator_reading(level1_merged="产出指标", level2="数量指标"))
    own = only_indicator(indicator_reading(level1="效益指标", level1_merged="产出指标"))

    assert row.level1 == "产出指标"
    assert "level1" in row.boxes
    assert "level1_merged" not in row.boxes
    assert own.level1 == "效益指标"


@pytest.mark.parametrize(
    ("printed_weight", "weight"), [("20", "20"), ("12.5分", "12.5"), ("10%", "10"), ("", None)]
)
def test_weights_are_decimal_strings(printed_weight, weight):
    assert only_indicator(indicator_reading(weight=printed_weight)).weight == weight


def test_a_weight_that_is_no_number_is_left_out_and_reported():
    table, findings = assembled(project_reading("一", indicator_reading(weight="扣分项")))

    assert table.projects[0].indicators[0].weight is None
    assert [(finding.code, finding.found) for finding in findings] == [("weight_unreadable", "扣分项")]


def test_a_score_in_words_is_kept():
    assert only_indicator(indicator_reading(score="优")).score == "优"
    assert only_indicator(indicator_reading(score="9.5分")).score == "9.5"


def test_confidence_is_that_of_the_least_sure_reading():
    assert only_indicator(indicator_reading(sure=0.91234567)).confidence == 0.9123
    assert only_indicator(indicator_reading()).confidence is None


def test_doubts_become_findings_with_codes_beside_what_they_are_about():
    doubt = Doubt("annual_missing", "doubt", "缺少年度指标值", printed("办结率", page=2))
    table, findings = assembled(
        project_reading("一", indicator_reading(annual=None, period_target="12次", doubts=(doubt,)))
    )

    finding = next(finding for finding in findings if finding.code == "annual_missing")
    row = table.projects[0].indicators[0]
    assert (finding.record_id, finding.project, finding.page) == (row.record_id, "一", 2)
    assert row.findings == ("annual_missing",)
    assert table.projects[0].findings == ()


def test_a_check_does_not_repeat_what_the_form_has_said():
    doubt = Doubt("value_missing", "doubt", "指标值空缺")
    _, findings = assembled(project_reading("一", indicator_reading(annual=None, doubts=(doubt,))))

    assert [finding.code for finding in findings].count("value_missing") == 1


def test_indicators_are_counted_within_their_project():
    table, _ = assembled(
        project_reading("一", indicator_reading("甲", y=1), indicator_reading("乙", y=2)),
        project_reading("二", indicator_reading("丙", y=3)),
    )

    assert [[row.sequence for row in project.indicators] for project in table.projects] == [[1, 2], [1]]


def test_one_column_of_operators_or_units_is_for_all_values_of_a_row():
    reading = indicator_reading(
        "改造路灯",
        "2600",
        annual_operator="≥",
        annual_unit="盏",
        period_target="7000",
        actual="2610",
    )

    indicator = only_indicator(reading)
    bounds = [t.bounds[0] for t in (indicator.annual_target, indicator.period_target, indicator.actual)]
    assert [(each.operator, each.lower, each.unit) for each in bounds] == [
        ("ge", "2600", "盏"),
        ("ge", "7000", "盏"),
        ("eq", "2610", "盏"),
    ]
