"""Published tables, read by form: how many projects and indicators; drawn ones word for word."""

import json
from functools import cache
from pathlib import Path

import pytest

from services.parse.forms.read import read_tables
from services.parse.readers.pdf import read_pages
from services.parse.readings import DocumentReading, ProjectReading
from services.parse.tables.finding import find_grids

COUNTS = [
    ("beijing_fuzhongxin_2026", {"typed_list": (13, 103), "activity_block": (1, 11)}),
    ("beijing_shenji_2026", {"typed_list": (17, 168), "activity_block": (1, 32)}),
    ("beijing_tuiyi_2026", {"typed_list": (20, 135), "activity_block": (1, 24)}),
    ("beijing_xinfang_2026", {"typed_list": (9, 68), "activity_block": (1, 10)}),
    ("beijing_junmin_2026_empty_forms", {"typed_list": (0, 0), "activity_block": (1, 0)}),
    ("beijing_caizheng_2026_no_table", {}),
    ("changchun_xinfang_2026", {"explained_list": (4, 16)}),
    ("changsha_jiaoyu_2026", {"scored_list": (2, 24)}),
    ("chongqing_qixiang_2026", {"flat_block": (1, 11), "flat_list": (1, 12)}),
    ("fuzhou_gongan_2026", {"levelled_block": (2, 12)}),
    ("fuzhou_yibao_2026", {"levelled_block": (13, 104)}),
    ("xian_shenji_2026", {"weighted_block": (5, 67)}),
    ("xian_xuanchuan_2026", {"levelled_block": (3, 41)}),
    ("yantai_dashuju_2026", {"levelled_block": (2, 15)}),
    ("yantai_shenji_2026", {"levelled_block": (6, 63)}),
]


@cache
def read(path: Path) -> DocumentReading:
    return read_tables(find_grids(read_pages(path.read_bytes())))


def projects(reading: DocumentReading, form: str | None = None) -> list[ProjectReading]:
    return [
        member
        for table in reading.tables
        for member in table.members
        if isinstance(member, ProjectReading) and form in (None, table.form)
    ]


@pytest.mark.parametrize(("name", "forms"), COUNTS, ids=[name for name, _ in COUNTS])
def test_each_form_gives_its_projects_and_indicators(documents, name, forms):
    reading = read(documents / "real" / f"{name}.pdf")

    assert {table.form for table in reading.tables} == set(forms)
    for form, (project_count, indicator_count) in forms.items():
        found = projects(reading, form)
        assert (len(found), sum(len(project.indicators) for project in found)) == (
            project_count,
            indicator_count,
        )


@pytest.mark.parametrize("seed", ["001", "003"])
def test_a_drawn_list_gives_every_row(documents, seed):
    answer = json.loads((documents / "rendered" / f"{seed}.expect.song.json").read_text())
    kinds = {"total": "grand_total", "unit": "unit_total", "project": "project"}

    (table,) = read(documents / "rendered" / f"{seed}.digital.song.pdf").tables

    assert [
        (member.fields["name"].text, "project")
        if isinstance(member, ProjectReading)
        else (member.name.text, member.kind)
        for member in table.members
    ] == [(row["name"], kinds[row["kind"]]) for row in answer["rows"]]
    assert [project.fields["goal"].text for project in projects(read(_digital(documents, seed)))] == [
        row["goal"] for row in answer["rows"] if row["kind"] == "project"
    ]


@pytest.mark.parametrize("seed", ["000", "001"])
def test_a_drawn_block_gives_every_indicator(documents, seed):
    answer = json.loads((documents / "rendered" / f"{seed}.form.expect.json").read_text())

    reading = read(documents / "rendered" / f"{seed}.form.song.pdf")

    assert [
        (
            project.fields["name"].text,
            [indicator.fields["annual_target"].text for indicator in project.indicators],
        )
        for project in projects(reading)
    ] == [(form["name"], [each["value"] for each in form["indicators"]]) for form in answer["forms"]]


def _digital(documents: Path, seed: str) -> Path:
    return documents / "rendered" / f"{seed}.digital.song.pdf"
