"""Cells of clauses with their levels before them."""

import pytest

from services.parse.forms.serialised.grammar import read_serialised
from tests.builders.grids import passage


def read(text):
    fields = ("level1", "level2", "name", "annual_target")
    return [
        tuple(getattr(each.fields.get(field), "text", None) for field in fields)
        for each in read_serialised(passage(text)).indicators
    ]


@pytest.mark.parametrize(
    "text",
    [
        "产出指标：数量指标：检测批次≥300批次；质量指标：准确率≥99%。满意度指标：群众满意度≥90%。",
        "(1)产出指标-数量指标-检测批次：≥300批次；(2)产出指标-质量指标-准确率：≥99%；(3)满意度指标-群众满意度：≥90%。",
        "①产出指标：数量指标：检测批次，≥300批次；②质量指标：准确率，≥99%；③满意度指标：群众满意度，≥90%",
    ],
)
def test_a_level_counts_until_the_next_one(text):
    assert read(text) == [
        ("产出指标", "数量指标", "检测批次", "≥300批次"),
        ("产出指标", "质量指标", "准确率", "≥99%"),
        ("满意度指标", None, "群众满意度", "≥90%"),
    ]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("产出指标：数量指标：次数4次；成本指标：总额≤120万元", ("产出指标", "成本指标")),
        ("产出指标：数量指标：次数4次；成本指标：经济成本指标：总额≤120万元", ("成本指标", "经济成本指标")),
        ("效益指标：社会效益：知晓率80%；成本指标：总额≤120万元", ("成本指标", None)),
        ("满意度指标：服务对象满意度：游客满意度：≥90%；居民满意度：≥90%", ("满意度指标", "服务对象满意度")),
    ],
)
def test_what_may_be_either_level_is_the_second_where_it_can_be(text, levels):
    assert read(text)[-1][:2] == levels


@pytest.mark.parametrize(
    "text",
    [
        "数量指标：检测批次≥300批次。质量指标：检测及时。",  # a clause without a value
        "产出指标：数量指标：30个；质量指标：合格率98%",  # a value without a name
        "完成检测300批次；不合格处置率100%。",  # no level
        "产出指标：培训人数200人。",  # a single clause may be prose
    ],
)
def test_a_cell_that_is_not_understood_as_a_whole_is_not_read(text):
    assert [each for each in read(text) if each[3]] == []


def test_fields_keep_their_places():
    cell = passage("产出指标：数量指标：检测批次≥300批次；质量指标：准确率≥99%", left=100)

    name = read_serialised(cell).indicators[1].fields["name"]
    assert name.places[0].x0 == 100 + 10 * cell.text.index("准确率")
