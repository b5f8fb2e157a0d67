"""Printed words and what they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.parse.forms.heads.labels import column_field, head_field
from services.parse.forms.heads.vocabulary import COLUMNS, HEADS


@pytest.mark.parametrize(
    ("printed", "field"),
    [
        ("三级 指标", "name"),
        ("分值（90分）", "weight"),
        ("指标权重(%)", "weight"),
        ("评（扣）分标准", "scoring"),
        ("单位（项目）名称", "project"),
        ("项目名称（资金使用单位）", "project"),
        ("2026年指标值", "annual_target"),
        ("年度资金总额(万元)", "total"),
        ("备注", "note"),
        ("本年度预期指标值", "annual_target"),
        ("项目全周期目标值", "period_target"),
        ("自评扣分规则", "scoring"),
        ("★指标值②", "annual_target"),
        ("上年度完成情况", "other_target"),
        ("三级目标", "name"),
        ("处室", None),
    ],
)
def test_a_column_head_means_what_its_words_say(printed, field):
    assert column_field(printed) == field


@pytest.mark.parametrize(
    ("printed", "field"),
    [
        ("其中：财政拨款", "fiscal"),
        ("年度资金总额：", "total"),
        ("项目资金（万元）", "funds"),
        ("部门（单位）名称", "whole_department"),
        ("★部门名称", "whole_department"),
        ("项目绩效总目标※", "goal"),
        ("主管部门及代码", "department"),
        ("一、项目名称", "name"),
        ("湖畔市文旅局", None),
    ],
)
def test_a_label_means_what_its_words_say(printed, field):
    assert head_field(printed) == field


@pytest.mark.parametrize("words", [COLUMNS, HEADS], ids=["columns", "heads"])
def test_no_word_has_two_meanings(words):
    spelt = [word for synonyms in words.values() for word in synonyms]

    assert len(spelt) == len(set(spelt))


@given(st.sampled_from([word for words in COLUMNS.values() for word in words]), st.data())
def test_blanks_within_a_head_change_nothing(word, data):
    position = data.draw(st.integers(0, len(word)))

    assert column_field(f"{word[:position]} {word[position:]}") == column_field(word)


def test_a_sentence_that_ends_like_a_head_is_none():
    assert column_field("通过开展巡护保护湿地，年底前全部达到规定的指标值") is None
