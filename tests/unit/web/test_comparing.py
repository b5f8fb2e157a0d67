"""What changed between two readings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.search.comparison.comparing import compare_projects, marked_difference, projects_of
from services.search.comparison.pairing import pair, plain_name
from services.search.comparison.promise_change import verdict_on
from shared.contracts.records import Amounts, Project
from shared.values.target import read_target
from tests.builders.web import document_of, indicator_at, project_of


def said(text: str, name: str = "办结率"):
    return read_target(text, name=name)


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        ("≥90%", "≥95%", "stricter"),
        ("≥95%", "≥90%", "looser"),
        ("≤5小时", "≤3小时", "stricter"),
        ("≤10万元", "≤120000元", "looser"),
        ("≥95%", "100%", "stricter"),
        ("100%", "≥95%", "looser"),
        ("90%", "100%", "other"),
        ("≥95%", "不低于95%", "reworded"),
        ("≥10个", "≥95%", "other"),
        ("≥95%", "持续提高", "other"),
        ("≥95%", "≤95%", "other"),
        ("≥95%", "≥95%", "same"),
    ],
)
def test_a_promise_is_stricter_where_whoever_keeps_it_keeps_the_old_one(before, after, verdict) -> None:
    assert verdict_on(said(before), said(after)) == verdict


@given(st.integers(0, 100), st.integers(0, 100), st.sampled_from("≥≤"))
def test_what_is_stricter_one_way_is_looser_the_other(first, second, sign) -> None:
    there = verdict_on(said(f"{sign}{first}个"), said(f"{sign}{second}个"))
    back = verdict_on(said(f"{sign}{second}个"), said(f"{sign}{first}个"))

    assert {there, back} in ({"same"}, {"stricter", "looser"})


def test_a_value_that_appears_or_disappears_is_told_apart() -> None:
    assert verdict_on(None, said("≥90%")) == "now_printed"
    assert verdict_on(said("≥90%"), None) == "not_printed"


def test_the_year_in_a_name_does_not_make_another_project() -> None:
    assert plain_name("2025年运行经费") == plain_name("运行经费（2026年）") == plain_name("运行 经费")
    assert plain_name("2025年") != ""
    assert plain_name("12345热线") != plain_name("热线")


@given(
    st.lists(st.text("甲乙丙", max_size=4), max_size=8), st.lists(st.text("甲乙丙", max_size=4), max_size=8)
)
def test_everything_is_paired_once_or_left_over(before, after) -> None:
    pairs, lost, added = pair(before, after, (lambda name: name,), name=lambda name: name)

    assert sorted([one for one, _ in pairs] + lost) == sorted(before)
    assert sorted([other for _, other in pairs] + added) == sorted(after)


def test_added_lost_changed_and_unchanged_are_counted() -> None:
    before = project_of(
        "2025年路灯经费",
        indicator_at("亮灯率", said("≥95%")),
        indicator_at("维修次数", said("≥10次")),
        indicator_at("投诉率", said("≤5%")),
    )
    after = project_of(
        "2026年路灯经费",
        indicator_at("亮灯率", said("≥98%")),
        indicator_at("投诉率", said("≤5%")),
        indicator_at("更换灯杆数", said("≥3根")),
        amounts=Amounts(unit="万元", total="1334.50", total_yuan="13345000"),
    )

    compared = compare_projects([before, project_of("停办的项目")], [after])

    assert dict(compared.indicator_counts) == {"changed": 1, "same": 1, "added": 1, "lost": 1}
    assert dict(compared.project_counts) == {"changed": 1, "lost": 1}
    assert dict(compared.verdicts) == {"stricter": 1}
    assert str(compared.projects[0].amounts.difference) == "100.00"
    assert str(compared.projects[0].amounts.percent) == "8.1"


def test_a_slightly_renamed_indicator_is_followed_and_said_to_be_renamed() -> None:
    compared = compare_projects(
        [project_of("经费", indicator_at("群众对服务的满意度", said("≥90%")))],
        [project_of("经费", indicator_at("群众对服务满意度", said("≥92%")))],
    )

    (indicator,) = compared.projects[0].indicators
    assert (indicator.change, indicator.is_renamed) == ("changed", True)


def test_comparing_a_thing_with_itself_finds_nothing() -> None:
    project = project_of("经费", indicator_at("亮灯率", said("≥95%")), indicator_at("亮灯率", said("≥90%")))

    compared = compare_projects([project], [project])

    assert dict(compared.indicator_counts) == {"same": 2}
    assert dict(compared.project_counts) == {"same": 1}


def test_a_unit_is_found_however_its_blanks_and_width_are_printed() -> None:
    def spent_by(unit: str) -> Project:
        return project_of("经费", budget_unit=unit)

    document = document_of(spent_by("云州市路灯所（本级）"), spent_by("云州市园林所"))

    assert len(projects_of(document, "云州市 路灯所(本级)")) == 1
    assert len(projects_of(document, None)) == 2


@given(st.text("路灯<&", max_size=12), st.text("路灯<&", max_size=12))
def test_marked_texts_lose_nothing_but_their_marks(before, after) -> None:
    struck, written = marked_difference(before, after)

    assert struck.replace("<del>", "").replace("</del>", "").unescape() == before
    assert written.replace("<ins>", "").replace("</ins>", "").unescape() == after


def test_of_an_indicator_that_changed_only_the_value_that_changed_is_told() -> None:
    before, after = (
        project_of("经费", indicator_at("办结率", said("≥95%"), period_target=said(longer), record_id=longer))
        for longer in ("≥95%", "≥90%")
    )

    ((change,),) = (project.indicators for project in compare_projects([before], [after]).projects)

    assert [(target.field, target.verdict) for target in change.told] == [("period_target", "looser")]
