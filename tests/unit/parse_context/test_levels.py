"""Standard names of printed levels."""

import pytest

from services.parse.levels import Levels, infer_levels


@pytest.mark.parametrize(
    ("level1", "level2", "expected"),
    [
        ("产出指标（50分）", "数量指标", ("产出", "数量")),
        ("1-产出指标", "11－数量指标", ("产出", "数量")),
        ("1产出指标", "11数量指标", ("产出", "数量")),
        ("效益指标", "社会效益", ("效益", "社会效益")),
        ("效 益指标", "环境效益指标", ("效益", "生态效益")),
        ("满意度指标", "校园用户满意度", ("满意度", "服务对象满意度")),
        ("满意度指标(10分)", "社会公众或服务对象满意度指标", ("满意度", "服务对象满意度")),
        ("产出指标", "成本指标", ("产出", "成本")),
        ("成本指标", "生态环境成本指标", ("成本", "生态环境成本")),
        ("一般性支出情况", None, ("一般性支出", None)),
        ("效益", None, ("效益", None)),
        ("产出", "产出质量", ("产出", "质量")),
    ],
)
def test_spellings_of_one_level_have_one_name(level1, level2, expected):
    levels = infer_levels(level1, level2)

    assert (levels.level1, levels.level2) == expected
    assert (levels.basis, levels.contradicts) == ("printed", False)


@pytest.mark.parametrize("blank", [None, ""])
def test_a_blank_first_level_follows_from_the_second(blank):
    assert infer_levels(blank, "社会效益") == Levels("效益", "社会效益", "level2")


def test_a_second_level_that_may_stand_under_several_gives_no_ground():
    assert infer_levels(None, "成本指标") == Levels(None, "成本", "printed")


def test_a_second_level_in_the_wrong_cell_contradicts_and_decides():
    assert infer_levels("产出指标", "社会效益指标") == Levels("效益", "社会效益", "level2", contradicts=True)


def test_codes_stand_in_for_words_and_may_contradict_them():
    assert infer_levels(None, None, level1_code="1", level2_code="14") == Levels("产出", "成本", "code")
    assert infer_levels("产出指标", "质量指标", level1_code="1", level2_code="11").contradicts


def test_levels_printed_before_the_name_are_read():
    assert infer_levels(None, None, name="产出指标质量指标办结率") == Levels("产出", "质量", "name")


def test_nothing_printed_gives_nothing():
    assert infer_levels(None, None, name="群众满意度") == Levels()
    assert infer_levels("其他", "其他") == Levels()
