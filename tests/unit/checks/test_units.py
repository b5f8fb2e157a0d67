"""Units that contradict each other."""

import pytest

from services.parse.checks import units
from services.parse.checks.habits import Habits
from shared.values.target import read_target
from tests.builders.records import indicator, project


def conflicts(name, value, column=None):
    row = indicator(name, annual_target=read_target(value, name=name, unit=column))
    return [(f.expected, f.found) for f in units.find(project(indicators=[row]), Habits())]


def test_a_value_in_another_unit_than_its_name_is_doubtful():
    assert conflicts("培训场次（场）", "≥5人") == [("场", "人")]


def test_a_value_in_another_unit_than_its_column_is_doubtful():
    assert conflicts("培训情况", "≥5人", column="场") == [("场", "人")]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("受理量（万人次）", "≥500万人次"),
        ("受理量（万人次）", "≥500"),
        ("展览场数（场）", "≥300场次"),
        ("保障单位数（个）", "2个/年"),
        ("培训场次", "≥5人"),
        ("培训（场）", "按时完成"),
    ],
)
def test_the_same_unit_again_a_longer_one_or_none_is_no_conflict(name, value):
    assert conflicts(name, value) == []
