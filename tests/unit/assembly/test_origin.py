"""Where and when a document belongs."""

import pytest

from services.parse.assembly.origin import find_origin
from tests.builders.readings import document_reading, printed, project_reading, table_reading, total_reading

ONE_PROJECT = (project_reading(),)


def origin(*, cover=(), hints=None, members=ONE_PROJECT, **table):
    passages = {key: table.pop(key) for key in ("year",) if key in table}
    tables = [table_reading(*members, first_page=2, **table, **{k: printed(v) for k, v in passages.items()})]
    return find_origin(document_reading(*tables, cover=tuple(map(printed, cover))), hints or {})


def place_of(found):
    return (found.place.province, found.place.city, found.place.district, found.place_basis)


def test_a_department_says_where_it_is():
    assert place_of(origin(department="杭州市西湖区档案局")) == ("浙江省", "杭州市", "西湖区", "department")


def test_where_the_department_says_nothing_its_units_may():
    members = [total_reading("unit_total", "杭州市档案馆"), total_reading("unit_total", "杭州市方志馆")]
    elsewhere = [total_reading("unit_total", "杭州市档案馆"), total_reading("unit_total", "南京市方志馆")]

    assert place_of(origin(members=members))[:2] == ("浙江省", "杭州市")
    assert place_of(origin(members=elsewhere)) == (None, None, None, None)


def test_the_uploader_is_believed_only_where_nothing_is_printed():
    hints = {"city": "南京市", "year": "2024", "department": "市档案局"}

    silent = origin(hints=hints)
    assert place_of(silent) == ("江苏省", "南京市", None, "upload")
    assert (silent.fiscal_year, silent.fiscal_year_basis, silent.department) == (2024, "upload", "市档案局")

    printed_ = origin(department="杭州市档案局", year="2026年", hints=hints)
    assert place_of(printed_) == ("浙江省", "杭州市", None, "department")
    assert (printed_.fiscal_year, printed_.department) == (2026, "杭州市档案局")
    assert [finding.code for finding in printed_.findings] == ["hint_contradicts"] * 2


def test_folders_count_after_what_the_uploader_wrote():
    assert origin(hints={"path": "2025/"}).fiscal_year_basis == "path"
    assert origin(hints={"path": "预算/杭州市/2025年/"}).fiscal_year == 2025
    assert origin(hints={"path": "2025/", "year": "2024"}).fiscal_year == 2024


def test_a_year_that_is_not_printed_is_left_open():
    found = origin(title="项目支出绩效目标表", members=[project_reading("2023-2024年信息化运维")])

    assert (found.fiscal_year, found.fiscal_year_basis) == (None, None)


def test_printed_years_that_differ_are_a_finding_and_no_year():
    found = origin(title="2026年项目支出绩效目标表", cover=["市档案局2025年部门预算"])

    assert found.fiscal_year is None
    assert [finding.code for finding in found.findings] == ["fiscal_year_contradicts"]


@pytest.mark.parametrize(
    ("clues", "kind"),
    [
        ({"cover": ["市档案局2025年部门决算"], "title": "项目支出绩效自评表"}, "final_account"),
        ({"cover": ["市档案局2025年部门预算"]}, "budget"),
        ({"title": "项目支出绩效自评表"}, "self_evaluation"),
        ({"title": "转移支付区域绩效目标表", "scope": "transfer"}, "transfer"),
        ({"title": "项目支出绩效目标表（含转移支付项目）"}, "budget"),
        ({"title": "工作情况表"}, "unknown"),
    ],
)
def test_the_kind_is_read_from_cover_and_titles(clues, kind):
    assert origin(**clues).kind == kind
