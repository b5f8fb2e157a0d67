"""Where a page ends makes no difference to what a list says."""

from hypothesis import given, settings
from hypothesis import strategies as st

from services.parse.forms.read import read_tables
from services.parse.readings import ProjectReading
from tests.builders.grids import PAGE_BREAK, grid

HEAD = "| 项目名称 | 资金总额 | 绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标值 |"


def rows_of(sizes):
    for project, size in enumerate(sizes):
        for number in range(size):
            left = f"项目{project} | {project + 10} | 目标{project}" if number == 0 else "^ | ^ | ^"
            yield f"| {left} | 产出指标 | 数量指标 | 指标{project}{number} | ≥{number}次 |"


def reading_of(drawings):
    grids = [grid(drawing, first_page=number) for number, drawing in enumerate(drawings, start=1)]
    (table,) = read_tables(grids).tables
    return [
        (
            member.fields["name"].text,
            member.amounts["total"].text,
            [indicator.fields["name"].text for indicator in member.indicators],
        )
        for member in table.members
        if isinstance(member, ProjectReading)
    ]


def without_merging_upwards(row):
    """A cell that a page's end has cut begins anew, and blank, on the next page."""
    return row.replace("^", "")


sizes_of_projects = st.lists(st.integers(1, 4), min_size=1, max_size=4)


@settings(deadline=None)
@given(sizes_of_projects, st.data(), st.booleans())
def test_a_list_cut_into_two_grids_reads_as_if_it_were_not(sizes, data, head_again):
    rows = list(rows_of(sizes))
    cut = data.draw(st.integers(1, len(rows)))
    rest = rows[cut:]
    if rest:
        rest = [without_merging_upwards(rest[0]), *rest[1:]]
    pages = ["\n".join([HEAD, *rows[:cut]])]
    if rest:
        pages.append("\n".join([HEAD, *rest] if head_again else rest))

    assert reading_of(pages) == reading_of(["\n".join([HEAD, *rows])])


@settings(deadline=None)
@given(sizes_of_projects, st.data())
def test_cells_merged_over_a_page_end_read_as_one(sizes, data):
    rows = list(rows_of(sizes))
    cut = data.draw(st.integers(1, len(rows)))

    drawn = "\n".join([HEAD, *rows[:cut], PAGE_BREAK, *rows[cut:]])

    assert reading_of([drawn]) == reading_of(["\n".join([HEAD, *rows])])
