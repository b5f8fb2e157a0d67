"""Where and when a document belongs."""

from dataclasses import replace

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


def test_a_year_in_the_title_is_one_of_the_title_and_one_beside_it_of_the_header():
    title = printed("2026年市级重点专项资金绩效目标表")
    table = table_reading(*ONE_PROJECT, first_page=2)

    for year, basis in ((title[:5], "title"), (printed("2026年", y=300), "header")):
        found = find_origin(document_reading(replace(table, title=title, year=year)), {})
        assert (found.fiscal_year, found.fiscal_year_basis) == (2026, basis)


def test_the_place_in_a_projects_name_is_not_the_documents():
    assert place_of(origin(title="洛阳古厝修缮保护项目绩效目标表")) == (None, None, None, None)
    assert place_of(origin(title="洛阳市项目支出绩效目标表"))[:2] == ("河南省", "洛阳市")


def test_rows_that_agree_say_whose_the_document_is():
    rows = [project_reading(name, department="杭州市档案局") for name in ("修复", "编研")]
    others = [*rows, project_reading("巡查", department="杭州市水利局")]

    assert (origin(members=rows).department, place_of(origin(members=rows))[1]) == ("杭州市档案局", "杭州市")
    assert origin(members=others).department is None
    assert origin(members=rows, cover=["杭州市方志办2026年部门预算"]).department == "杭州市方志办"


def test_a_department_wide_list_is_of_the_department_that_it_lists():
    found = origin(members=[project_reading("杭州市档案局")], scope="department")

    assert (found.department, found.place.city) == ("杭州市档案局", "杭州市")


def test_years_of_columns_contradict_nothing():
    cover = ["市档案局2026年部门预算", "2025年预算数", "2026年预算数"]

    assert origin(cover=cover).fiscal_year == 2026


def test_a_transfer_belongs_to_the_place_it_goes_to():
    offices = (printed("湖南省财政厅"), printed("湖南省农业农村厅"))

    found = origin(department="农业农村部", scope="transfer", local_offices=offices)
    assert (found.department, place_of(found)[0]) == ("农业农村部", "湖南省")
