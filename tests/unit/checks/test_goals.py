"""When a goal counts as cut off."""

import pytest

from services.parse.checks import goals
from services.parse.checks.habits import Habits, habits_of
from tests.builders.records import project

WITH_FULL_STOPS = Habits(goals_end_sentences=True)
WITHOUT = Habits(goals_end_sentences=False)


def is_cut(goal, habits):
    return [finding.code for finding in goals.find(project(goal=goal), habits)] == ["goal_truncated"]


@pytest.mark.parametrize("goal", ["保障热线畅通，", "建设：", "支持企业（含个体户"])
def test_a_goal_without_an_end_is_cut_where_the_others_have_one(goal):
    assert is_cut(goal, WITH_FULL_STOPS)


@pytest.mark.parametrize("goal", ["保障热线畅通，", "一是建设：", "改善市容、"])
def test_a_mark_after_which_more_must_follow_is_ground_enough(goal):
    assert is_cut(goal, WITHOUT)


@pytest.mark.parametrize("goal", ["，保障热线畅通。", "。二、改善市容。", "）的建设。"])
def test_a_mark_that_cannot_begin_a_line_is_ground_enough(goal):
    assert is_cut(goal, WITHOUT)


@pytest.mark.parametrize("goal", ["保障热线畅通。", "做到“畅通。”", "1.畅通；2.满意；", "改善市容（含镇街）"])
def test_a_goal_that_ends_as_sentences_do_is_whole(goal):
    assert not is_cut(goal, WITH_FULL_STOPS)


def test_a_missing_full_stop_alone_is_only_noted():
    forgotten = next(goals.find(project(goal="改善市容"), WITH_FULL_STOPS))
    lines_lost = next(
        goals.find(project(goal="改善市容"), Habits(goals_end_sentences=True, lost_line_width=20))
    )

    assert (forgotten.severity, lines_lost.severity) == ("info", "doubt")


def test_lengths_that_are_whole_lines_show_that_lines_were_lost():
    whole_lines = ["字" * 20, "字" * 40, "字" * 20, "字" * 60, "字" * 33]
    complete = ["保障热线畅通。"] * 10

    def width(*texts):
        return habits_of([project(goal=text) for text in texts], frozenset()).lost_line_width

    assert width(*whole_lines, *complete) == 20
    assert width("字" * 31, "字" * 47, "字" * 53, "字" * 59, *complete) is None
    assert width(*whole_lines[:3]) is None


def test_a_semicolon_at_the_end_of_a_full_line_is_ground_where_lines_were_lost():
    lines_lost = Habits(goals_end_sentences=True, lost_line_width=20)

    assert is_cut("字" * 19 + "；", lines_lost)
    assert not is_cut("字" * 15 + "；", lines_lost)
    assert not is_cut("字" * 19 + "。", lines_lost)
    assert not is_cut("字" * 19 + "；", WITH_FULL_STOPS)


def test_an_office_that_writes_no_full_stops_is_let_be():
    assert not is_cut("保障热线畅通", WITHOUT)
    assert not is_cut(None, WITH_FULL_STOPS)


def test_a_custom_needs_several_goals_and_most_of_them():
    def custom(*texts):
        return habits_of([project(goal=text) for text in texts], frozenset()).goals_end_sentences

    assert custom("一。", "二。", "三。", "四")
    assert not custom("一。", "二。")
    assert not custom("一。", "二。", "三", "四")
