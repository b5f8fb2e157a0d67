"""Lists with a name and a value below each level, the levels side by side."""

from services.parse.forms.read import read_tables
from tests.builders.grids import grid

HEAD = """
    | 项目名称 | 资金总额 | 产出指标 | < | 满意度指标 | < |
    | ^ | ^ | 三级指标 | 指标值 | 三级指标 | 指标值 |
"""


def test_the_level_above_a_name_is_its_level():
    (table,) = read_tables([grid(f"{HEAD}| 巡护 | 5.00 | 次数 | ≥4次 | 满意率 | ≥90% |")]).tables

    (project,) = table.members
    assert table.form == "paired_list"
    assert [
        (each.fields["level1"].text, each.fields["name"].text, each.fields["annual_target"].text)
        for each in project.indicators
    ] == [("产出指标", "次数", "≥4次"), ("满意度指标", "满意率", "≥90%")]


def test_a_level_with_fewer_indicators_has_no_blank_ones():
    rows = "| 巡护 | 5.00 | 次数 | ≥4次 | 满意率 | ≥90% |\n| ^ | ^ | 里程 | ≥8公里 |  |  |"

    (table,) = read_tables([grid(HEAD + rows)]).tables

    assert [each.fields["name"].text for each in table.members[0].indicators] == ["次数", "里程", "满意率"]
