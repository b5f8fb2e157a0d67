"""The judge of the parser is judged."""

import json
from decimal import Decimal
from pathlib import Path

from shared.contracts.records import Document, Finding, PageSummary
from tests.accuracy.floors import below_floor
from tests.accuracy.page import accuracy_page
from tests.accuracy.report import as_json, faults, table, total
from tests.accuracy.score import Score, score
from tests.accuracy.truth import Excerpt, ExpectedIndicator, ExpectedProject, Truth
from tests.builders.records import indicator, project
from tests.builders.records import table as table_of


def document(*projects, source="text", findings=()):
    return Document(
        document_id="0" * 64,
        file_name="一个文件.pdf",
        media_type="application/pdf",
        size_bytes=1,
        parser_version="1",
        reader_versions={},
        pages=(PageSummary(number=1, width=1, height=1, source=source, reason="text_layer"),),
        tables=(table_of(*projects),) if projects else (),
        findings=tuple(findings),
    )


def expected(name="办结率", annual="≥90%", project_name="保障经费"):
    return ExpectedIndicator(project_name, {"name": name, "annual_target": annual})


def judge(truth_indicators, *projects, **more):
    truth = Truth(Path("一个文件.pdf"), "list", indicators=tuple(truth_indicators), **more)
    return score(truth, document(*projects), 0.0)


def test_a_right_reading_is_exact():
    result = judge([expected()], project(indicators=[indicator("办结率", "≥90%")]))

    assert (result.recall, result.precision, result.exactness, result.faults) == (1, 1, 1, [])


def test_a_wrong_value_is_found_but_not_exact():
    result = judge([expected()], project(indicators=[indicator("办结率", "≥9%")]))

    assert (result.recall, result.precision, result.exactness) == (1, 1, 0)
    assert "annual_target is '≥9%', should be '≥90%'" in result.faults[0]


def test_a_blank_too_many_is_not_exact():
    assert judge([expected()], project(indicators=[indicator("办 结率", "≥90%")])).exactness == 0


def test_a_wrong_name_of_the_same_project_is_paired_by_likeness():
    result = judge([expected("群众办结满意率")], project(indicators=[indicator("群众办给满意率")]))

    assert (result.recall, result.exact) == (1, 0)


def test_missing_and_surplus_indicators_lower_recall_and_precision():
    assert judge([expected(), expected("受理率")], project(indicators=[indicator("办结率")])).recall == 0.5
    result = judge([expected()], project(indicators=[indicator("办结率"), indicator("全然不同")]))
    assert result.precision == 0.5


def test_equal_names_are_paired_within_their_project():
    truths = [expected(annual="1次", project_name="甲"), expected(annual="2次", project_name="乙")]
    projects = [
        project("乙", indicators=[indicator(annual="2次")]),
        project("甲", indicators=[indicator(annual="1次")]),
    ]

    assert judge(truths, *projects).exact == 2


def test_amounts_goals_and_units_of_projects_are_compared():
    truths = (ExpectedProject("保障经费", "甲单位", {"total": Decimal("10")}, "做好保障。"),)
    right = project("保障经费", "10.00", goal="做好保障。", budget_unit="甲单位")
    wrong = project("保障经费", "11.00", goal="做好", budget_unit="乙单位")

    assert judge([], right, projects=truths).projects_exact == 1
    assert len(judge([], wrong, projects=truths).faults) == 3


def test_what_the_source_prints_is_right_even_where_the_answer_corrects_it():
    truths = (ExpectedProject("一系列经费", goal="一系列。", name_raw="—系列经费", goal_raw="—系 列。"),)

    assert judge([], project("—系列经费", goal="—系列。"), projects=truths).projects_exact == 1


def test_a_long_goal_is_known_by_its_ends_and_its_length():
    excerpt = Excerpt("做好", "保障。", 7)
    truths = (ExpectedProject("保障经费", goal=excerpt),)

    assert judge([], project(goal="做好 各项保障。"), projects=truths).goals_exact == 1
    assert judge([], project(goal="做好一切各项保障。"), projects=truths).goals_exact == 0
    assert judge([], project(goal="做好各项工作。"), projects=truths).goals_exact == 0


def test_the_code_and_the_title_of_a_project_are_compared():
    truths = (ExpectedProject("保障经费", fields={"code": "01", "title": "项目支出绩效目标表"}),)
    result = judge([], project(), projects=truths)

    assert result.fields_stated["project code"] == result.fields_stated["project title"] == 1
    assert (result.fields_right["project code"], result.fields_right["project title"]) == (0, 1)
    assert result.faults == ["p1 保障经费: code is None, should be 01"]


def test_place_and_year_are_compared():
    result = judge([], project(), origin={"city": "广州市", "fiscal_year": None})

    assert result.faults == ["city is None, should be '广州市'"]
    assert result.field_share == 0.5


def test_every_field_of_a_missing_indicator_is_wrong():
    result = judge([expected(), expected("受理率")], project(indicators=[indicator("办结率", "≥90%")]))

    assert (result.fields_stated["name"], result.fields_right["name"]) == (2, 1)


def test_the_count_of_each_page_is_compared():
    result = judge([expected()], project(indicators=[indicator("办结率", "≥90%")]), page_counts={1: 1, 2: 1})

    assert (result.pages_expected, result.pages_right) == (2, 1)
    assert result.faults == ["p2 0 indicators read, 1 expected on this page"]


def test_counts_are_compared_where_only_counts_are_known():
    result = judge([], project(indicators=[indicator()]), indicator_count=3, project_count=1)

    assert (result.expected, result.matched, result.read) == (3, 1, 1)
    assert result.faults == ["1 indicators read, 3 expected"]


def test_a_scan_waits_and_is_not_counted():
    truth = Truth(Path("扫描.pdf"), "scan", indicators=(expected(),))
    result = score(truth, document(source="none"), 0.0)

    assert (result.state, result.expected) == ("waiting_for_ocr", 0)
    assert any("1 documents wait for OCR" in line for line in table([result]))


def test_findings_that_must_be_reported_are_asked_for():
    truth = Truth(Path("a.pdf"), "list", codes={"no_table": 1})

    assert len(score(truth, document(), 0.0).faults) == 1
    found = [Finding(code="no_table", severity="info", message="无表")]
    assert score(truth, document(findings=found), 0.0).faults == []


def test_a_fall_below_the_floor_is_named(tmp_path):
    floors = tmp_path / "floors.tsv"
    floors.write_text("document\tmetric\tfloor\na.pdf\trecall\t1\nb.pdf\trecall\t1\nabsent.pdf\trecall\t1\n")
    good, bad = Score("a.pdf", "list", expected=2, matched=2), Score("b.pdf", "list", expected=2, matched=1)

    assert [line.split()[0] for line in below_floor([good, bad], floors)] == ["b.pdf"]
    rejected = Score("a.pdf", "list", state="rejected: damaged")
    assert len(list(below_floor([rejected], floors))) == 1


def test_the_page_tells_of_each_source_field_and_fault():
    result = judge([expected()], project(indicators=[indicator("办结率", "≥9%")]), page_counts={1: 1})

    page = accuracy_page([result], None)

    assert "| text | 1 | 0 of 0 | 1 | 100.00% | 100.00% | 0.00% |" in page
    assert "| annual_target | 0 of 1 | 0.00% |" in page
    assert "| 一个文件.pdf | 1 of 1 |" in page
    assert "annual_target is '≥9%', should be '≥90%'" in page


def test_sums_and_lists_are_written():
    scores = [Score("a.pdf", "list", expected=2, matched=2, read=2, faults=["p1 something"])] * 2

    assert total(scores, "ALL", "").expected == 4
    assert len(list(faults(scores, 1))) == 4
    assert '"recall": 1.0' in as_json(scores)


def test_what_was_counted_by_field_is_written_by_field():
    result = judge([expected()], project(indicators=[indicator("办结率", "≥9%")]), page_counts={1: 1})

    (written,) = json.loads(as_json([result]))

    assert written["fields_stated"]["annual_target"] == 1
