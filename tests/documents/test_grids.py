"""Grids of real and rendered documents hold what is printed, cell by cell."""

import json
from functools import cache
from pathlib import Path

import pytest

from services.parse.grid import Grid
from services.parse.readers.pdf import read_needed_pages, read_pages
from services.parse.tables import find_grids

LISTS = [
    "000.digital.song",
    "001.digital.song",
    "001.digital.hei",
    "003.digital.song",
    "000.borderless.song",
    "001.borderless.song",
    "003.borderless.song",
]
REAL = {
    "guangzhou_zsj_xiangmu": "guangzhou_zsj_xiangmu_2026",
    "guangzhou_zsj_zhengti": "guangzhou_zsj_zhengti_2026",
    "yantai_xinfang": "yantai_xinfang_2026",
    "changchun_xinfang": "changchun_xinfang_2026",
    "central_xinfang_2026": "central_xinfang_2026",
}
FIELDS = {"l1", "l2", "l3", "value", "period_value", "project"}


@cache
def grids_of(path: Path) -> list[Grid]:
    return find_grids(read_needed_pages(path.read_bytes()))


@pytest.mark.parametrize("name", LISTS)
def test_every_row_of_a_list_over_pages_is_read_as_drawn(documents, name):
    seed, _, font = name.split(".")
    drawn = json.loads((documents / "rendered" / f"{seed}.expect.{font}.json").read_text())

    (grid,) = grids_of(documents / "rendered" / f"{name}.pdf")

    read = [
        (grid.at(row, 0).text, grid.at(row, 5).text, grid.at(row, 6).text) for row in range(1, grid.row_count)
    ]
    assert read == [
        (row["name"], row["goal"], "".join(indicator["text"] for indicator in row["indicators"]))
        for row in drawn["rows"]
    ]


@pytest.mark.parametrize("seed", ["000", "001", "003"])
def test_every_form_is_a_table_of_its_own(documents, seed):
    drawn = json.loads((documents / "rendered" / f"{seed}.form.expect.json").read_text())

    grids = grids_of(documents / "rendered" / f"{seed}.form.song.pdf")

    assert len(grids) == len(drawn["forms"])
    for grid, form in zip(grids, drawn["forms"], strict=True):
        texts = {cell.text for cell in grid.cells}
        wanted = {form["name"], form["goal"]} | {
            indicator[key] for indicator in form["indicators"] for key in ("name", "value")
        }
        assert {text for text in wanted if text} <= texts


@pytest.mark.parametrize("name", REAL)
def test_every_known_field_of_a_published_table_is_in_its_cells(documents, name):
    known = json.loads((documents / "truth" / "real" / f"{name}.json").read_text())

    cells = "\n".join(
        cell.text for grid in grids_of(documents / "real" / f"{REAL[name]}.pdf") for cell in grid.cells
    )

    fields = {text for table in known["tables"] for text in _fields(table)} - {"部门整体"}
    assert {text for text in fields if text not in cells} == set()


def _fields(table: dict) -> set[str]:
    return {
        value
        for entry in (table, *table["indicators"])
        for key, value in entry.items()
        if key in FIELDS and isinstance(value, str)
    }


def test_a_table_over_four_pages_has_each_indicator_once(documents):
    table, _ = grids_of(documents / "real" / "beijing_xinfang_2026.pdf")[-2:]

    levels = [table.at(row, 5) for row in range(2, table.row_count)]
    assert len(levels) == 68
    assert [cell.row for cell in levels] == list(range(2, 70))
    projects = list(dict.fromkeys(table.at(row, 0).text for row in range(2, table.row_count)))
    assert len(projects) == 9
    assert all(project[:20].isascii() and "-" in project for project in projects)


@pytest.mark.parametrize("name", ["000.digital.song", "001.form.song"])
def test_what_is_printed_inside_a_cells_outlines_is_its_text(documents, name):
    path = documents / "rendered" / f"{name}.pdf"
    words = {page.number: page.words for page in read_pages(path.read_bytes())}

    for grid in grids_of(path):
        for cell in grid.cells:
            inside = [
                letter
                for part in cell.parts
                for word in words[part.page]
                for letter, x0, x1 in zip(word.text, word.edges, word.edges[1:], strict=False)
                if part.x0 <= (x0 + x1) / 2 <= part.x1 and part.top <= word.box.middle <= part.bottom
            ]
            assert sorted(inside) == sorted(cell.text)


def test_a_budget_without_performance_tables_has_none(documents):
    assert grids_of(documents / "real" / "beijing_caizheng_2026_no_table.pdf") == []
