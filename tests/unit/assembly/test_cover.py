"""Whose budget a cover says it is."""

import pytest

from services.parse.assembly.cover import department_on


@pytest.mark.parametrize(
    "cover",
    [
        ["市园林局2026年部门预算"],
        ["市园林局 二〇二六年度部门决算"],
        ["2026年市园林局部门预算"],
        ["市园林局", "2026年度部门预算公开"],
        ["目录", "市园林局2026年部门综合预算"],
    ],
)
def test_the_office_stands_before_the_year_after_it_or_on_the_line_above(cover):
    assert department_on(cover) == "市园林局"


@pytest.mark.parametrize(
    "cover", [["第二部分2026年度部门预算表"], ["目录", "2026年部门预算"], ["本年支出合计", "2026年预算"], []]
)
def test_what_is_no_office_is_not_taken_for_one(cover):
    assert department_on(cover) is None
