"""Units of measure and their numbers."""

import pytest

from shared.values.units import LISTED, NormalUnit, comparable_unit, is_known_unit, normalise_unit, unit_id


@pytest.mark.parametrize(
    ("printed", "unit", "power"),
    [
        ("万元", "元", 4),
        ("亿元", "元", 8),
        ("％", "%", 0),
        ("百分比", "%", 0),
        ("家企业", "家", 0),
        ("千克", "千克", 0),
        ("万人次/年", "人次/年", 4),
        ("台(套)", "台（套）", 0),
        ("（单位：个）", "单位:个", 0),
        ("月", "月", 0),
        ("蒲式耳", "蒲式耳", 0),
    ],
)
def test_a_unit_has_one_name(printed, unit, power):
    assert normalise_unit(printed) == NormalUnit(unit, power)


@pytest.mark.parametrize("printed", [None, "", "/", "无", "-", "定性", "10个", "万"])
def test_what_says_no_unit_is_none(printed):
    assert normalise_unit(printed) is None


def test_a_listed_unit_may_be_counted_per_another():
    assert is_known_unit("件次/年")
    assert not is_known_unit("是/否")
    assert not is_known_unit("年度会议")


def test_numbers_of_units_never_change():
    """They are stored in search indexes: add lines at the end of units.tsv only."""
    first = [
        "%",
        "‰",
        "元",
        "美元",
        "人民币",
        "港元",
        "欧元",
        "日元",
        "英镑",
        "倍",
        "分",
        "名",
        "人",
        "人次",
        "个",
        "家",
    ]

    assert [LISTED[unit].number for unit in first] == list(range(1, 17))
    assert sorted(unit.number for unit in LISTED.values()) == list(range(1, len(LISTED) + 1))


def test_units_of_equal_size_share_a_number():
    assert unit_id("平米") == unit_id("㎡") == unit_id("平方米")
    assert unit_id("元") != unit_id("美元")
    assert unit_id("蒲式耳") is None


def test_what_a_unit_is_compared_as_is_listed_itself():
    assert all(comparable_unit(unit.compared_as) == unit.compared_as for unit in LISTED.values())
