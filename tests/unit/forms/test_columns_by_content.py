"""Columns under heads that do not say what they hold, and levels printed once for the rows below."""

import pytest

from services.parse.document import read_document
from services.parse.forms.read import read_tables
from shared.contracts.media import HTML
from tests.builders.grids import grid
from tests.builders.workbooks import html

HEAD = "| 项目名称 | 社区食堂 | < | < |\n| 年度绩效目标 | 建2个 | < | < |\n"
ROWS = """| 产出指标 | 数量指标 | 建设个数 | 2个 |
| ^ | 质量指标 | 验收合格率 | 100% |
| 满意度指标 | 服务对象满意度指标 | 居民满意度 | ≥90% |
"""


def levels(indicators):
    return [
        tuple(getattr(each.fields.get(name), "text", None) for name in ("level1", "level2", "name"))
        for each in indicators
    ]


@pytest.mark.parametrize(
    "heads",
    [
        "| 绩效指标 | < | < | 指标值 |",  # one head over all
        "| 指标类别 | 指标维度 | 具体指标 | 目标值 |",  # words that nobody knows
        "| | | 三级指标 | 指标值 |",  # none at all
    ],
)
def test_a_column_that_holds_nothing_but_levels_is_one(heads):
    (table,) = read_tables([grid(f"{HEAD}{heads}\n{ROWS}")]).tables

    assert levels(table.members[0].indicators) == [
        ("产出指标", "数量指标", "建设个数"),
        ("产出指标", "质量指标", "验收合格率"),
        ("满意度指标", "服务对象满意度指标", "居民满意度"),
    ]


def test_a_column_with_other_words_among_its_levels_is_none():
    rows = ROWS.replace("质量指标", "区级任务")
    (table,) = read_tables([grid(f"{HEAD}| 一级指标 | 任务来源 | 三级指标 | 指标值 |\n{rows}")]).tables

    assert [each[1] for each in levels(table.members[0].indicators)] == [None, None, None]


SHEET = f"""{HEAD}
| 一级指标 | 二级指标 | 三级指标 | 指标值 |
| 产出指标 | 数量指标 | 建设个数 | 2个 |
| | | 供餐份数 | ≥5万份 |
| 产出指标 | | 开办天数 | ≥300天 |
| | 社会效益指标 | 就业人数 | ≥20人 |
| | | 志愿者人数 | ≥60人 |
| 满意度指标 | | 居民满意度 | ≥90% |
"""


def test_blank_levels_of_a_sheet_are_inferred_from_the_row_above_unless_that_contradicts():
    page = html(SHEET.replace("\n\n", "\n"), before="<p>项目绩效目标表</p>").encode()
    document = read_document(page, file_name="表.html", media_type=HTML)

    found = [
        (each.level1, each.level2, each.level1_inferred, each.level2_inferred, each.level_basis)
        for each in document.tables[0].projects[0].indicators
    ]
    assert found == [
        ("产出指标", "数量指标", "产出", "数量", "printed"),
        (None, None, "产出", "数量", "neighbour"),
        ("产出指标", None, "产出", "数量", "neighbour"),
        (None, "社会效益指标", "效益", "社会效益", "level2"),
        (None, None, None, None, None),
        ("满意度指标", None, "满意度", None, "printed"),
    ]


def test_on_paper_the_row_above_is_no_ground():
    (table,) = read_tables([grid(SHEET.replace("\n\n", "\n"))]).tables

    assert not any("level2_above" in each.fields for each in table.members[0].indicators)


def test_a_column_that_prints_both_levels_in_one_cell_is_cut():
    (table,) = read_tables(
        [
            grid(
                f"""{HEAD}| 指标类型 | 指标名称 | 目标值 | 备注 |
                | 产出指标-数量指标 | 建设个数 | 2个 | |
                | 效益—社会效益 | 就餐人次 | ≥5万人次 | |
                | 满意度指标 | 居民满意度 | ≥90% | |
                """
            )
        ]
    ).tables

    assert levels(table.members[0].indicators) == [
        ("产出指标", "数量指标", "建设个数"),
        ("效益", "社会效益", "就餐人次"),
        ("满意度指标", None, "居民满意度"),
    ]
    assert table.form == "general"


def test_a_column_of_nothing_but_operators_or_units_is_one():
    (table,) = read_tables(
        [
            grid(
                f"""{HEAD}| 三级指标 | 指标方向 | 目标值 | 量纲 |
                | 建设个数 | ≥ | 2 | 个 |
                | 服务质量 | 定性 | 优 | |
                | 办理时间 | 小于等于 | 30 | 分钟 |
                """
            )
        ]
    ).tables

    read = [{name: text.text for name, text in each.fields.items()} for each in table.members[0].indicators]
    assert [(each["annual_operator"], each["annual_unit"]) for each in read] == [
        ("≥", "个"),
        ("定性", ""),
        ("小于等于", "分钟"),
    ]


def test_a_column_of_directions_is_no_operator():
    (table,) = read_tables(
        [grid(f"{HEAD}| 三级指标 | 指标方向 | 目标值 | 权重 |\n| 建设个数 | 正向 | ≥2个 | 100 |")]
    ).tables

    assert "annual_operator" not in table.members[0].indicators[0].fields
