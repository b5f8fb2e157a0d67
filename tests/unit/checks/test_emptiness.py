"""Tables without indicators."""

from services.parse.checks import emptiness
from tests.builders.records import grand_total, indicator, project, table


def codes(*projects):
    return [finding.code for finding in emptiness.find(table(*projects))]


def test_heads_without_content_are_an_empty_form():
    assert codes() == ["empty_form"]
    assert codes(project("", None)) == ["empty_form"]


def test_figures_in_goals_without_indicators_stand_in_prose():
    assert codes(project(goal="全年接访200次。")) == ["prose_only"]
    assert codes(project(goal="做好接访工作。")) == []


def test_a_table_with_indicators_or_money_is_filled():
    assert codes(project(indicators=[indicator()], goal="接访200次。")) == []
    assert codes(project("一", "10.00")) == []
    assert [finding.code for finding in emptiness.find(table(totals=[grand_total("10.00")]))] == []
