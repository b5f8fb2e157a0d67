"""What a target value promises."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.records import Bound
from shared.values.target import LONGEST_VALUE, read_target
from tests.builders.values import PREFIXES, SUFFIXES, blanks, full_width, numbers, operators, units


def read(text, **columns):
    return [ends(bound) for bound in read_target(text, **columns).bounds]


def ends(bound: Bound):
    return bound.operator, bound.lower, bound.upper, bound.unit


def promised(operator, number, unit):
    lower = None if operator in ("le", "lt") else number
    upper = None if operator in ("ge", "gt") else number
    return operator, lower, upper, unit.replace("％", "%")


@given(operators, numbers, units, blanks, st.data())
def test_a_promise_reads_the_same_in_every_spelling_of_its_operator(operator, number, unit, blank, data):
    prefix = data.draw(st.sampled_from(PREFIXES[operator]))
    digits = data.draw(st.sampled_from([number, full_width(number), f"{Decimal(number):,}"]))

    assert read(f"{prefix}{blank}{digits}{blank}{unit}") == [promised(operator, number, unit)]


@given(st.sampled_from(sorted(SUFFIXES)), numbers, units, blanks, st.data())
def test_words_behind_the_number_compare_it_too(operator, number, unit, blank, data):
    suffix = data.draw(st.sampled_from(SUFFIXES[operator]))

    assert read(f"{number}{blank}{unit}{suffix}") == [promised(operator, number, unit)]


@given(operators, numbers, units)
def test_columns_of_their_own_say_the_same_as_one_cell(operator, number, unit):
    sign = PREFIXES[operator][1]

    assert read(number, operator=sign, unit=unit) == read(f"{sign}{number}{unit}")


@given(numbers, st.sampled_from([("万", 4), ("亿", 8), ("千万", 7), ("百", 2)]))
def test_multipliers_are_multiplied_out_exactly(number, multiplier):
    word, power = multiplier

    (bound,) = read_target(f"≥{number}{word}元").bounds

    assert Decimal(bound.lower) == Decimal(number).scaleb(power)
    assert "E" not in bound.lower


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error(text):
    read_target(text, name=text, operator=text, unit=text)


@given(
    st.text(
        alphabet="0123456789.,，、；;：:≥≤><=～-±/%％万亿年月日个次元家以上内不低于超过达到或约（）() 前第每",
        max_size=40,
    )
)
def test_ends_are_in_order_and_made_of_printed_digits(text):
    for bound in read_target(text).bounds:
        if bound.lower is not None and bound.upper is not None:
            assert Decimal(bound.lower) <= Decimal(bound.upper)
        if "±" in text or "/" in text:
            continue  # their ends are computed
        for number in {bound.lower, bound.upper} - {None}:
            assert set(number) - set("-.0") <= set(text)


@given(st.text(max_size=40))
def test_the_printed_text_is_kept_as_it_is(text):
    assert read_target(text).text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("≥95%(含)", [("ge", "95", None, "%")]),
        ("不低200天", [("ge", "200", None, "天")]),
        ("》90%", [("gt", "90", None, "%")]),
        ("未超过3次", [("le", None, "3", "次")]),
        ("10家左右", []),
        ("约100人", []),
        ("100余人", []),
        ("未达到95%", []),
        ("控制在5%", []),
        ("控制在100万元以内", [("le", None, "1000000", "元")]),
        ("超10家以上", [("ge", "10", None, "家")]),
        ("≥10人以下", []),
        ("5个工作日内", [("le", None, "5", "个工作日")]),
    ],
)
def test_operators_in_words(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "lower", "upper", "unit"),
    [
        ("80%-90%", "80", "90", "%"),
        ("10～20", "10", "20", None),
        ("3-5万元", "30000", "50000", "元"),
        ("5000-1万元", "5000", "10000", "元"),
        ("2至3次", "2", "3", "次"),
        ("100±5分", "95", "105", "分"),
        ("60%≤X≤80%", "60", "80", "%"),
    ],
)
def test_ranges_have_both_ends(text, lower, upper, unit):
    assert read(text) == [("range", lower, upper, unit)]


@pytest.mark.parametrize("text", ["90%-80%", "5个-3个", "60%>X>80%", "95%≤满意度"])
def test_what_cannot_be_a_range_is_not_read(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "≥1000人次；≥600件次；≥80场",
            [("ge", "1000", None, "人次"), ("ge", "600", None, "件次"), ("ge", "80", None, "场")],
        ),
        ("1：>=95%；2：有所提升；3：≤5次", [("ge", "95", None, "%"), ("le", None, "5", "次")]),
        ("1、95%；2、90%", [("eq", "95", "95", "%"), ("eq", "90", "90", "%")]),
        ("1.5；2.5", [("eq", "1.5", "1.5", None), ("eq", "2.5", "2.5", None)]),
        ("甲=7万元乙=6万元", [("eq", "70000", "70000", "元"), ("eq", "60000", "60000", "元")]),
        ("大于5小于10", [("gt", "5", None, None), ("lt", None, "10", None)]),
        ("建成3个目录+4项服务", [("eq", "3", "3", "个"), ("eq", "4", "4", "项")]),
    ],
)
def test_a_cell_may_hold_several_promises(text, expected):
    assert read(text) == expected


def test_each_promise_keeps_the_words_it_was_read_from():
    bounds = read_target("一级事件≤1小时；二级事件≤2小时").bounds

    assert [bound.part for bound in bounds] == ["一级事件≤1小时", "二级事件≤2小时"]


@pytest.mark.parametrize(
    "text",
    [
        "100%，或者达到95%以上且不低于上年",
        "100%（或者95%）",
        "上限LPR+150BPs",
        "不低于上年的95%",
        "1:20",
        "7*24小时",
        "通过ISO9001认证",
        "5A级景区",
        "1 000人",
        "1≥02次5",
        "60%≤80%",
        "1. 5家",
        "2000-10个",
        "拨打12345",
        "优秀（≥90分）",
    ],
)
def test_what_is_not_understood_promises_nothing(text):
    target = read_target(text)

    assert target.bounds == ()
    assert not target.qualitative


@pytest.mark.parametrize(
    "text", ["有所提升", "无", "涉密", "及时率", "合格及以上", "优良中低差", "十分满意", "达到预期目标"]
)
def test_words_are_qualitative(text):
    target = read_target(text)

    assert target.qualitative
    assert (target.bounds, target.date) == ((), None)


@pytest.mark.parametrize("text", ["", " ", "/", "-", "——"])
def test_a_blank_is_neither_number_nor_word(text):
    target = read_target(text)

    assert (target.bounds, target.date, target.qualitative) == ((), None, False)


@pytest.mark.parametrize(
    ("text", "operator"),
    [("不低于上年", "ge"), ("≤政府限价", "le"), ("成本不超预算", "le"), ("低于市场价", "lt")],
)
def test_a_comparison_with_no_number_has_an_operator_and_no_ends(text, operator):
    assert read(text) == [(operator, None, None, None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("≥98%（修复次数/报修次数*100%）", ("ge", "98", None, "%")),
        ("≥98%（修复次数/报修次数*100%", ("ge", "98", None, "%")),
        ("到2025年比2022年增长1倍以上", ("ge", "1", None, "倍")),
        ("12345热线接通率≥95%", ("ge", "95", None, "%")),
        ("PM2.5年均浓度≤35微克/立方米", ("le", None, "35", "微克/立方米")),
        ("防护等级不低于IP65", ("ge", "65", None, "IP")),
        ("2项（3项基础服务）", ("eq", "2", "2", "项")),
    ],
)
def test_numbers_that_are_not_the_value_are_left_alone(text, expected):
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三次", ("eq", "3", "3", "次")),
        ("两个以上", ("ge", "2", None, "个")),
        ("一百零五家以上", ("ge", "105", None, "家")),
        ("百分之九十五以上", ("ge", "95", None, "%")),
        ("半年内", ("le", None, "0.5", "年")),
        ("全国前三", ("le", None, "3", "名")),
        ("2/5以上", ("ge", "0.4", None, None)),
    ],
)
def test_numerals_ranks_and_shares(text, expected):
    assert read(text) == [expected]


@pytest.mark.parametrize("text", ["一致", "十分", "一批", "一级", "百家", "一次性完成", "十月"])
def test_numerals_inside_words_are_no_numbers(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("≥10000", "接访数量（件次/年）", ("10000", "件次/年", "name")),
        ("≥25", "接待量（万人次）", ("250000", "人次", "name")),
        ("≥25个", "接待量（万人次）", ("25", "个", "value")),
        ("≥40万", "接待量（万人次）", ("400000", None, None)),
        ("≥40万", "接待量（人次）", ("400000", "人次", "name")),
        ("95", "公众满意度", ("95", "%", "inferred")),
        ("95", "按时完成率。", ("95", "%", "inferred")),
        ("0", "投诉率", ("0", "%", "inferred")),
        ("0.95", "合格率", ("0.95", None, None)),
        ("120", "增长率", ("120", None, None)),
        ("50", "巡查频率", ("50", None, None)),
        ("95", "服务企业数（年度）", ("95", None, None)),
        ("≥13459.00(平方米)", "", ("13459", "平方米", "value")),
        ("≥330台（套）", "", ("330", "台（套）", "value")),
        ("≥18.00(万人次)", "", ("180000", "人次", "value")),
        ("≥3.50（亿元）", "", ("350000000", "元", "value")),
        ("≥12.00(万)", "", ("120000", None, None)),
        ("≥5万(万元)", "", ("50000", None, None)),
        ("≥3.00(台（套）)", "", ("3", "台（套）", "value")),
    ],
)
def test_a_unit_comes_from_the_value_then_the_name_and_is_inferred_only_on_certain_grounds(
    text, name, expected
):
    (bound,) = read_target(text, name=name).bounds

    assert (bound.lower, bound.unit, bound.unit_basis) == expected


def test_a_unit_column_counts_before_the_name():
    (bound,) = read_target("5", name="费用（元）", operator="≤", unit="万元").bounds

    assert (bound.upper, bound.unit, bound.unit_basis) == ("50000", "元", "column")


@pytest.mark.parametrize(
    ("name", "upper", "unit", "basis"),
    [("图文设计控制数", "15000", None, None), ("图文设计费（元）", "15000", "元", "name")],
)
def test_ten_thousand_alone_in_the_unit_column_is_multiplied_out(name, upper, unit, basis):
    target = read_target("1.5", name=name, operator="≤", unit="万")
    (bound,) = target.bounds

    assert (bound.upper, bound.unit, bound.unit_basis) == (upper, unit, basis)
    assert target.display == "≤1.5万"


def test_a_value_and_a_column_that_both_multiply_leave_the_unit_open():
    (bound,) = read_target("5万", unit="万").bounds

    assert (bound.upper, bound.unit) == ("50000", None)


def test_a_month_in_the_unit_column_is_not_said_to_be_a_length_of_time():
    (bound,) = read_target("12", name="合同签订时间", operator="≤", unit="月").bounds

    assert (bound.upper, bound.unit) == ("12", "月")


def test_an_operator_in_the_value_counts_before_its_column():
    assert read("≥5", operator="≤", unit="个") == [("ge", "5", None, "个")]


@pytest.mark.parametrize(
    ("text", "operator", "unit", "display"),
    [
        ("10", "≥", "个", "≥10个"),
        ("95", ">=", "百分比", "≥95%"),
        ("95%", "≥", "%", "≥95%"),
        ("≥95%", "≥", "%", "≥95%"),
        ("优", "定性", "级", "优"),
        ("", "≥", "个", ""),
        ("1、95；2、90", "≥", "%", "1、95；2、90"),
        ("≧95％", None, None, "≧95％"),
    ],
)
def test_display_is_what_a_person_would_write(text, operator, unit, display):
    assert read_target(text, operator=operator, unit=unit).display == display


def test_a_longer_text_than_a_value_stays_text():
    assert read_target("1" + "好" * LONGEST_VALUE).bounds == ()


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("1.≥10000；2.≥8000", ["件次/年", "件"]),
        ("≥10000；≥8000；≥500", [None, None, None]),
        ("≥10000", [None]),
    ],
)
def test_several_names_in_a_cell_give_their_units_to_as_many_promises(text, units):
    name = "1.接访数量（件次/年）；2.办信数量（件）"

    assert [bound.unit for bound in read_target(text, name=name).bounds] == units


@pytest.mark.parametrize("text", ["±5%", "误差±5%", "≤±5%", "控制在±3%以内"])
def test_a_deviation_without_a_middle_promises_no_number(text):
    assert read_target(text).bounds == ()
