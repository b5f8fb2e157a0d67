import pytest

from shared.search.entry import entry_of
from shared.search.evaluate import holds
from shared.search.highlight import highlight
from shared.search.parser import parse
from shared.search.ranking import bands
from tests.builders.search import record


def marked(query, shown):
    """The printed words that are marked, by field."""
    entry, meaning = entry_of(shown), bands(parse(query)).widest
    assert holds(meaning, entry)
    target = shown.annual_target or shown.period_target
    texts = {"annual_target": target and target.text, "period_target": target and target.text}
    return {
        field: [(texts.get(field) or getattr(shown, field))[span.start : span.end] for span in spans]
        for field, spans in highlight(meaning, entry, shown).items()
    }


@pytest.mark.parametrize("printed", ["滿意度", "满 意 度", "满意⁠度"])
def test_what_is_marked_is_what_is_printed_not_its_normal_form(printed):
    assert marked("满意度", record(f"游客{printed}调查"))["name"] == [printed]


def test_a_word_is_marked_in_every_field_that_it_was_looked_for_in():
    shown = record(
        "公园绿地率", project="公园养护", goal="公园更美", department="公园局", explanation="按公园统计"
    )

    assert set(marked("公园", shown)) == {"name", "project", "goal", "department", "explanation"}
    assert set(marked("项目:公园", shown)) == {"project"}
    assert set(marked("部门:公园", shown)) == {"department"}


def test_a_condition_marks_its_name_and_the_whole_value():
    assert marked("满意度≥95%", record("游客满意度", "不低于98%")) == {
        "name": ["满意度"],
        "annual_target": ["不低于98%"],
    }


def test_words_that_begin_in_the_name_and_end_in_the_value_are_marked_in_both():
    assert marked("绿地8个", record("新增绿地", "8 个以上")) == {"name": ["绿地"], "annual_target": ["8 个"]}


def test_numbers_are_marked_as_printed():
    assert marked("1200", record("乔木", "≥1,200株"))["annual_target"] == ["1,200"]
    assert marked('"１２００"', record("乔木", "≥1,200株"))["annual_target"] == ["1,200"]


def test_an_alternative_that_does_not_hold_marks_nothing():
    shown = record("满意度", "≥60%", project="公园")

    assert marked("满意度≥95% OR 公园", shown) == {"project": ["公园"]}


def test_excluded_words_are_not_marked():
    assert marked("公园 -学校", record("公园")) == {"name": ["公园"], "project": ["公园"]}


def test_overlapping_marks_are_joined():
    assert marked("公园养 园养护", record("x", project="公园养护"))["project"] == ["公园养护"]


def test_a_period_target_is_marked_under_its_own_name():
    assert "period_target" in marked("满意度≥95%", record("满意度", None, period_target="≥95%"))
