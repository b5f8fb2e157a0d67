"""The same indicator with other targets in two tables of one document."""

import pytest

from services.parse.checks.conflicts import find
from services.parse.document import read_document
from shared.contracts.media import HTML
from tests.builders.records import indicator, project, table, target
from tests.builders.workbooks import html


def satisfaction(lower, unit="%", **more):
    return indicator("满意度", annual=None, annual_target=target(f"≥{lower}", unit, lower=lower), **more)


def conflicts(*tables):
    return [(finding.expected, finding.found) for finding in find(tables)]


def test_other_numbers_for_one_indicator_of_one_project_are_doubted():
    first = table(project("巡护", indicators=[satisfaction("95")]))
    second = table(project("巡 护", indicators=[satisfaction("90", record_id="second", page=7)]))

    (finding,) = find([first, second])
    assert (finding.code, finding.record_id, finding.page) == ("target_conflict", "second", 7)
    assert "第 1 页为“≥95”，第 7 页为“≥90”" in finding.message


@pytest.mark.parametrize(
    "other",
    [
        project("巡护", indicators=[satisfaction("95")]),  # the same
        project("修馆", indicators=[satisfaction("90")]),  # another project
        project("巡护", indicators=[satisfaction("90", level2_inferred="质量")]),  # another indicator
        project("巡护", indicators=[satisfaction("90"), satisfaction("80")]),  # two of one name
        project("巡护", indicators=[satisfaction("90")], budget_unit="湿地站"),  # another unit's
        project("巡护", indicators=[indicator("满意度", annual=None)]),  # none
    ],
)
def test_what_may_be_something_else_is_not_compared(other):
    first = project("巡护", indicators=[satisfaction("95")], budget_unit="林业局")

    assert conflicts(table(first), table(other)) == []


@pytest.mark.parametrize("other", ["平方米", None])
def test_units_of_one_meaning_and_none_are_one(other):
    areas = [satisfaction("300", unit) for unit in ("平米", other)]

    assert conflicts(*(table(project("修馆", indicators=[area])) for area in areas)) == []


BLOCK = """
| 项目名称 | 湿地巡护 | < | < |
| 一级指标 | 二级指标 | 三级指标 | 指标值 |
| 产出指标 | 数量指标 | 巡护次数 | ≥{}次 |
"""


def test_the_later_record_is_marked():
    again = html(BLOCK.format(40), before="<p>项目绩效目标表</p>")
    page = html(BLOCK.format(48), before="<p>项目绩效目标表</p>", after=again)

    document = read_document(page.encode(), file_name="表.html", media_type=HTML)

    first, second = (table.projects[0].indicators[0] for table in document.tables)
    assert (first.findings, second.findings) == ((), ("target_conflict",))
    assert [finding.code for finding in document.findings] == ["target_conflict"]
