import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.contracts.search import QueryError, SearchRequest
from shared.search.entry import entry_of
from shared.search.evaluate import holds, judge
from shared.search.language import DEEPEST_BRACKETS, FIELD_NAMES, LONGEST_QUERY, MOST_TERMS
from shared.search.parser import parse
from shared.search.query import Between, Everything
from tests.builders.satisfaction import SPELLINGS, TIERS
from tests.builders.search import record

PARK = record(
    "古树名木保护率",
    "≥98%",
    record_id="park",
    province="云山省",
    city="临江市",
    district="东湖区",
    department="临江市园林局",
    budget_unit="东湖公园管理处",
    project="公园养护（2024）",
    goal="让市民走进绿地，游园人次超过30万。",
    explanation="按株统计",
    level1="产出指标",
    level1_inferred="产出",
    level2="质量指标",
    level2_inferred="质量",
    amount="120.5",
    page=7,
    findings=("level_blank",),
)

ANSWERED = (
    "",
    "古树",
    "古树 公园",
    "古树 AND 公园",
    "古树 且 公园",
    '"公园养护"',
    "“公园养护”",
    "古树 -学校",
    "古树 －学校",
    "古树 NOT 学校",
    "古树 非 学校",
    "学校 OR 古树",
    "学校 或 古树",
    "学校|古树",
    "（学校 OR 古树） 公园",
    "养护(2024)",
    "公园养护（2024）",
    "部门:园林局",
    "部门：园林局",
    "部门: 园林局",
    "部门:(学校 OR 园林)",
    '部门:"临江市园林局"',
    "单位:公园管理处",
    "单位:%",
    "单位:百分比",
    "预算单位:东湖",
    "计量单位:％",
    "项目:养护",
    "指标:古树",
    "指标:树名木保护率",
    "目标:市民",
    "说明:按株",
    "年:2024",
    "年:2022..2024",
    "年:2022-2025",
    "年:2022至2025",
    "年:2022..",
    "年:..2024",
    "年：>=2023",
    "年:2024年",
    "省:云山",
    "市:临江",
    "区:东湖",
    "一级:产出",
    "一级:产出指标",
    "二级:质量",
    "形式:list",
    "符号:ge",
    "疑点:level",
    "金额:>100万",
    "金额: > 100万",
    "金额:≥120.5万",
    "金额:1,205,000",
    "金额:100..200万元",
    "金额:不超过2百万",
    "金额:100万以上",
    "页:7",
    "页:5..9",
    "游园",
    "按株统计",
    "98",
    "9",
    "率",
    "≥",
    "%",
    "古树≥98%",
    "保护率不低于95%",
    "指标:保护率≥95%",
    "≥98%",
    "DEPARTMENT:园林",
)

NOT_ANSWERED = (
    "学校",
    "古树 学校",
    "-古树",
    "古树 -公园",
    "-(古树 公园)",
    '"古树保护"',
    '"9"',
    '"游园人次超过3"',
    "部门:公园",
    "指标:公园",
    "项目:古树",
    "目标:古树",
    "年:2023",
    "年:<2024",
    "单位:个",
    "单位:园林局",
    "金额:>200万",
    "金额:120.5",
    "页:8",
    "一级:效益",
    "保护率≥99%",
    "保护率≤98%",
    "保护率≥95家",
    "NOT 保护率≥95%",
)


@pytest.mark.parametrize("query", ANSWERED)
def test_the_park_answers(query):
    assert holds(parse(query), entry_of(PARK))


@pytest.mark.parametrize("query", NOT_ANSWERED)
def test_the_park_does_not_answer(query):
    assert not holds(parse(query), entry_of(PARK))


MISTAKES = (
    ('"公园', (0, 3), "引号"),
    ("公园 (养护", (3, 6), "右括号"),
    ("公园)", (2, 3), "右括号"),
    ("公园 ()", (3, 5), "空"),
    ("公园 OR", (3, 5), "缺少"),
    ("OR 公园", (0, 2), "缺少"),
    ("公园 NOT", (3, 6), "缺少"),
    ("部门:", (0, 3), "冒号"),
    ("公园 年:去年", (5, 7), "年份"),
    ("金额:很多", (3, 5), "金额"),
    ("指标值:高", (4, 5), "指标值"),
    ("页:-", (2, 3), "页码"),
    ("园" * (LONGEST_QUERY + 1), (LONGEST_QUERY, LONGEST_QUERY + 1), "太长"),
    ("园 " * (MOST_TERMS + 1), (MOST_TERMS * 2, MOST_TERMS * 2 + 2), "太多"),
    ("(" * (DEEPEST_BRACKETS + 1) + "园", (DEEPEST_BRACKETS, DEEPEST_BRACKETS + 1), "太深"),
)


@pytest.mark.parametrize(("query", "place", "word"), MISTAKES)
def test_a_mistake_is_explained_in_chinese_at_its_place(query, place, word):
    with pytest.raises(QueryError) as caught:
        parse(query)

    assert (caught.value.start, caught.value.end) == place
    assert word in caught.value.message


SIGNS = '()（）"“”|-＋:：≥≦<>=%％.,，0159 \u3000～至␟\ud800\x00ſİ'
PIECES = [*FIELD_NAMES, *SIGNS, " OR ", " NOT ", "或", "以上", "不低于", "满意度", "万", ".."]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=25).map("".join)))
@example("findingſ:x")
@example("年:" + "9" * 500)
@example("满意度≥" + "9" * 400)
def test_whatever_is_typed_is_understood_or_explained(query):
    mistake = _mistake_in(query)

    assert mistake is None or (mistake.message and 0 <= mistake.start <= mistake.end <= len(query))


def _mistake_in(query):
    try:
        holds(parse(query), entry_of(PARK))
    except QueryError as error:
        return error
    return None


def test_words_that_say_nothing_are_left_out():
    assert parse("") == parse('""') == parse("\u200b") == parse('-""') == Everything()
    assert parse('"" 古树') == parse("古树")


def test_a_power_of_ten_behind_a_range_is_meant_for_both_ends():
    assert parse("金额:50..200万") == Between("amount", 50_000_000, 200_000_000)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_condition_finds_every_promise_that_implies_it_and_nothing_else(spelling):
    entries = [entry_of(record(name, target)) for name, target, _ in TIERS]
    expected = {
        entry.record_id for entry, (_, _, tier) in zip(entries, TIERS, strict=True) if tier is not None
    }

    assert {entry.record_id for entry in judge(entries, SearchRequest(query=spelling)).entries} == expected


@pytest.mark.parametrize("spelling", ["满意度≥95%", "满意度≧95％", "指标:满意度>=95%"])
def test_the_literal_promise_comes_first_then_the_same_then_the_implied(spelling):
    entries = [entry_of(record(name, target)) for name, target, _ in TIERS]
    expected = {entry.record_id: tier for entry, (_, _, tier) in zip(entries, TIERS, strict=True) if tier}
    judged = judge(entries, SearchRequest(query=spelling))

    assert {e.record_id: tier for e, tier in zip(judged.entries, judged.tiers, strict=True)} == expected
    assert list(judged.tiers) == sorted(judged.tiers)


def test_words_typed_as_they_are_printed_are_literal():
    printed = entry_of(record("家长满意度", "不低于95%"))

    assert judge([printed], SearchRequest(query="满意度不低于95%")).tiers == (1,)
    assert judge([printed], SearchRequest(query="满意度≥95%")).tiers == (2,)


def test_a_quoted_condition_wants_the_very_promise():
    entries = [entry_of(record("满意度", target)) for target in ("≥95%", "95%以上", "≥98%", "≥950%")]

    assert judge(entries, SearchRequest(query='"满意度≥95%"')).tiers == (1, 2)


def test_units_are_converted():
    cheap, dear = entry_of(record("养护成本", "≤9.5万元")), entry_of(record("养护成本", "≤12万元"))

    for query in ("成本≤10万元", "成本≤100000元", "成本不超过10万元", "成本 <= 0.1 百万元"):
        assert judge([cheap, dear], SearchRequest(query=query)).entries == (cheap,), query


def test_units_that_nobody_listed_are_told_apart_by_name():
    hectares = entry_of(record("新增面积", None, annual_target=_promise("20", "古尺")))
    acres = entry_of(record("新增面积", None, annual_target=_promise("20", "古丈")))

    assert judge([hectares, acres], SearchRequest(query="面积≥10古尺")).entries == (hectares,)


def _promise(figure, unit):
    bound = {"operator": "ge", "lower": figure, "unit": unit}
    return {"text": f"≥{figure}{unit}", "display": f"≥{figure}{unit}", "bounds": [bound]}


@pytest.mark.parametrize("unit", ["", "%", "万元", "元", "小时", "分钟", "公里", "古尺", "个", "分"])
@pytest.mark.parametrize("operator", ["≥", ">", "≤", "<"])
def test_every_promise_implies_itself(operator, unit):
    """The widest of what answers a condition does not name the promise again."""
    for figure in ("0", "0.5", "95", "100", "100.0001", "950", "1200000000000"):
        for name in ("满意度", "完好率"):
            target = f"{operator}{figure}{unit}"
            promised = entry_of(record(name, target))
            _literal, same, implied = parse(f"{name}{target}").grades
            assert holds(same.parts[1], promised), target
            assert holds(implied.parts[1], promised), target


def test_a_strict_bound_is_not_implied_by_the_number_itself():
    at_least, more = entry_of(record("完好率", "≥95%")), entry_of(record("完好率", ">95%"))

    assert judge([at_least, more], SearchRequest(query="完好率>95%")).entries == (more,)
    assert len(judge([at_least, more], SearchRequest(query="完好率≥95%")).entries) == 2


@pytest.mark.parametrize(
    "query", ["满意度 指标值:<90%", "满意度 指标值: < 90 %", "满意度 承诺:90%以下 -承诺:90%"]
)
def test_a_figure_is_compared_whatever_is_promised_of_it(query):
    targets = ("≥85%", "80%", "≤60%", "≥90%", "≥85分", "较高")
    entries = [entry_of(record("满意度", target)) for target in targets]

    assert {entry.record_id for entry in judge(entries, SearchRequest(query=query)).entries} == {
        entry.record_id for entry in entries[:3]
    }


def test_a_condition_without_a_unit_asks_for_the_number_only():
    entries = [entry_of(record("培训场次", target)) for target in ("≥12场", "≥9场", "≥12次")]

    assert len(judge(entries, SearchRequest(query="培训场次≥10")).entries) == 2


def test_promises_of_one_cell_are_not_mixed_up():
    both = entry_of(record("宣传活动", "举办≥3场，参加≥500人"))

    assert judge([both], SearchRequest(query="活动≥400人")).entries
    assert judge([both], SearchRequest(query="活动≥3场")).entries
    assert not judge([both], SearchRequest(query="活动≥400场")).entries


def test_the_target_of_the_whole_period_counts_only_where_no_other_is_printed():
    only = entry_of(record("满意度", None, period_target="≥95%"))
    other = entry_of(record("满意度", "≥90%", period_target="≥95%"))

    assert judge([only, other], SearchRequest(query="满意度≥95%")).entries == (only,)


def test_names_come_before_other_texts_and_those_before_goals():
    goal = entry_of(record(goal="推广垃圾分类", fiscal_year=2026))
    project = entry_of(record(project="垃圾分类宣传", fiscal_year=2025))
    name = entry_of(record("垃圾分类覆盖率", fiscal_year=2024))

    assert judge([goal, project, name], SearchRequest(query="垃圾分类")).entries == (name, project, goal)
