"""Places named in titles and departments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.parse.places import Place, find_place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("广州市花都区商务局", ("广东省", "广州市", "花都区")),
        ("花都区", ("广东省", "广州市", "花都区")),
        ("江苏省南京市鼓楼区财政局", ("江苏省", "南京市", "鼓楼区")),
        ("北京市信访办公室", ("北京市", "北京市", None)),
        ("重庆市巫山县财政局", ("重庆市", "重庆市", "巫山县")),
        ("2026年武汉市信访局部门预算", ("湖北省", "武汉市", None)),
        ("中共广州市委宣传部", ("广东省", "广州市", None)),
        ("229_烟台市信访局", ("山东省", "烟台市", None)),
        ("国家税务总局广州市税务局", ("广东省", "广州市", None)),
        ("恩施州财政局", ("湖北省", "恩施土家族苗族自治州", None)),
        ("湖北省仙桃市财政局", ("湖北省", None, "仙桃市")),
        ("昆山市财政局", ("江苏省", "苏州市", "昆山市")),
        ("内蒙古财政厅", ("内蒙古自治区", None, None)),
        ("吉林市财政局", ("吉林省", "吉林市", None)),
        ("长沙职业教育基地", ("湖南省", "长沙市", None)),
        ("长沙县教育局", ("湖南省", "长沙市", "长沙县")),
    ],
)
def test_a_place_is_given_by_its_official_names(text, expected):
    assert find_place(text) == Place(*expected)


def test_a_development_zone_is_not_the_district_whose_name_it_bears():
    assert find_place("广州南沙经济技术开发区商务局") == Place("广东省", "广州市", None)


@pytest.mark.parametrize(
    "text",
    [
        "鼓楼区财政局",
        "朝阳区信访办",
        "老城区改造",
        "吉林财政局",
        "中山大学",
        "国家信访局",
        "贡献县级",
        "南京路街道办事处",
        "广安门医院",
        "",
    ],
)
def test_a_place_that_is_not_certain_is_none(text):
    assert find_place(text) is None


def test_two_cities_in_one_sentence_are_no_place():
    assert find_place("支援武汉市和长沙市") is None


def test_a_district_of_another_city_is_left_out():
    assert find_place("广州市朝阳区") == Place("广东省", "广州市", None)


@given(st.text(max_size=40))
def test_any_text_is_searched_without_an_error(text):
    find_place(text)
