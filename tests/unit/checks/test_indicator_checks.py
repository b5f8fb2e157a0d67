"""What is noticed about single indicators."""

import pytest

from services.parse.checks import confidence, garbling, levels, numbering, targets, weights
from services.parse.checks.habits import Habits
from tests.builders.records import box, indicator, project, target

PLAIN = Habits()


def codes(find, *indicators, habits=PLAIN):
    return [finding.code for finding in find(project(indicators=indicators), habits)]


def numbered(*numbers):
    rows = [indicator(f"指标{n}", sequence_printed=number) for n, number in enumerate(numbers)]
    found = numbering.find(project(indicators=rows), PLAIN)
    return [(finding.expected, finding.found, finding.severity) for finding in found]


def test_numbers_that_follow_each_other_are_not_mentioned():
    assert numbered("1", "2", "3") == []
    assert numbered(None, None) == []


def test_a_jump_may_be_a_lost_item():
    assert numbered("1", "2", "4", "5") == [("3", "4", "doubt")]
    assert numbered("2", "3") == [("1", "2", "doubt")]


def test_a_repeated_number_and_a_new_start_are_only_noted():
    assert numbered("1", "2", "2") == [("3", "2", "info")]
    assert numbered("1", "2", "1", "2") == [("3", "1", "info")]


def test_a_finding_points_to_the_cell_it_is_about():
    row = indicator("办结率", sequence_printed="2", page=4, boxes={"name": (box(4),)})

    finding = next(numbering.find(project(indicators=[row]), PLAIN))

    assert (finding.record_id, finding.page, finding.box) == (row.record_id, 4, box(4))


def test_an_indicator_without_any_value_is_doubtful():
    assert codes(targets.find, indicator(annual=None)) == ["value_missing"]
    assert codes(targets.find, indicator(annual="100%")) == []


def test_a_missing_annual_value_is_noticed_only_where_the_table_has_them():
    period_only = indicator(annual=None, period_target=target("12次"))

    assert codes(targets.find, period_only, habits=Habits(annual_targets=True)) == ["annual_missing"]
    assert codes(targets.find, period_only) == []


def test_a_blank_level_is_noted_only_beside_filled_ones():
    row = indicator(level2="数量指标", level1_inferred="产出")

    assert codes(levels.find, row, habits=Habits(levels1=True, levels2=True)) == ["level_blank"]
    assert codes(levels.find, row) == []


@pytest.mark.parametrize("weights_", [["60", "40"], ["50", "40"], ["33.5", "66.5"], ["10", None], [None]])
def test_weights_that_make_up_a_whole_or_are_not_all_printed_are_let_be(weights_):
    assert codes(weights.find, *(indicator(weight=weight) for weight in weights_)) == []


def test_weights_that_make_up_no_whole_are_doubtful():
    finding = next(weights.find(project(indicators=[indicator(weight="55"), indicator(weight="40")]), PLAIN))

    assert (finding.code, finding.found) == ("weight_sum", "95")


@pytest.mark.parametrize(("sure", "found"), [(0.5, ["low_confidence"]), (0.95, []), (None, [])])
def test_recognised_text_below_four_fifths_is_doubtful(sure, found):
    assert codes(confidence.find, indicator(confidence=sure)) == found


@pytest.mark.parametrize("text", ["办结\ufffd率", "办结率(cid:17)", "\ue012办结率"])
def test_glyphs_without_text_are_reported(text):
    assert codes(garbling.find, indicator(text)) == ["garbled_text"]
    assert codes(garbling.find, indicator(annual=text)) == ["garbled_text"]
    assert codes(garbling.find, indicator("办结率（≥90％）")) == []
