"""Whatever stands in a grid, it is read or refused, and nothing is said that is not printed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from services.parse.forms.read import read_tables
from services.parse.passage import Passage
from services.parse.readings import ProjectReading
from tests.builders.grids import grid

WORDS = st.sampled_from(
    [
        *("项目名称", "单位名称", "主管部门", "项目资金（万元）", "年度资金总额：", "其中：财政拨款", "总计"),
        *("年度目标", "绩效目标", "绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "指标内容"),
        *("分值", "备注", "实际完成值", "得分", "指标性质", "合计", "小计", "资金总额：12.00"),
        *("产出指标", "数量指标", "巡护次数", "≥48次", "12.00", "-", "无", "湖畔市文化馆", ""),
        "1、1-产出指标；11-数量指标；场次；实施周期指标值:≥9场；年度指标值:≥3场。",
    ]
)


@st.composite
def drawings(draw):
    """Rows of equal width; a cell may go on from above or from the left."""
    width, height = draw(st.integers(1, 7)), draw(st.integers(1, 9))
    rows = [[draw(WORDS) for _ in range(width)] for _ in range(height)]
    for row in range(height):
        for column in range(1, width):
            if draw(st.booleans()) and draw(st.booleans()):
                rows[row][column] = "<"
    for column in range(width):
        for row in range(1, height):
            if _may_go_on(rows, row, column) and draw(st.booleans()):
                rows[row][column] = "^"
    return "\n".join("| " + " | ".join(cells) + " |" for cells in rows)


def _may_go_on(rows, row, column):
    stands_alone = [(row, column), (row, column + 1), (row - 1, column), (row - 1, column + 1)]
    return all(rows[r][c] != "<" for r, c in stands_alone if c < len(rows[r]))


@settings(max_examples=60, deadline=None)
@given(drawings())
def test_every_field_is_a_piece_of_some_cell(drawing):
    drawn = grid(drawing)
    printed = [cell.text for cell in drawn.cells]

    reading = read_tables([drawn])

    assert len(reading.explanations) >= 1
    for project in _projects(reading):
        for passage in project.amounts.values():
            assert any(passage.text in text for text in printed)
        for indicator in project.indicators:
            value = indicator.fields.get("annual_target", Passage())
            assert any(value.text in text for text in printed)


@settings(max_examples=60, deadline=None)
@given(drawings())
def test_every_character_of_a_field_keeps_its_place(drawing):
    for project in _projects(read_tables([grid(drawing)])):
        for passage in (*project.fields.values(), *project.amounts.values()):
            assert all(place is not None for place in passage.places)


def _projects(reading):
    return [
        member for table in reading.tables for member in table.members if isinstance(member, ProjectReading)
    ]
