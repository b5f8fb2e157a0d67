"""What evaluations may contradict: scores and their weights, rates and what was spent."""

import pytest

from services.parse.checks import execution, scores, targets
from services.parse.checks.habits import Habits
from tests.builders.records import indicator, project, target

PLAIN = Habits()


@pytest.mark.parametrize(("score", "weight"), [("10", "10"), ("9.97", "10"), ("优", "10"), ("11", None)])
def test_a_score_within_its_weight_is_not_mentioned(score, weight):
    rows = [indicator(score=score, weight=weight)]

    assert list(scores.find(project(indicators=rows), PLAIN)) == []


def test_a_score_above_its_weight_is_doubted():
    rows = [indicator("合格率", score="11", weight="10")]

    (finding,) = scores.find(project(indicators=rows), PLAIN)
    assert (finding.code, finding.expected, finding.found) == ("score_above_weight", "10", "11")
    assert finding.record_id == "record of 合格率"


@pytest.mark.parametrize(
    ("rate", "adjusted", "budgeted"),
    [
        ("95.00", "480.50", "500.00"),  # 456.47 of the adjusted budget
        ("91.29", "480.50", "500.00"),  # or of the first
        ("91.30", None, "500.00"),  # cut off or rounded
        ("95", "480.50", None),
        ("0.95", "480.50", None),  # as a share
        ("77", None, None),  # of nothing that is printed
    ],
)
def test_a_rate_that_a_budget_explains_is_not_mentioned(rate, adjusted, budgeted):
    row = project("抢救", None, executed="456.47", adjusted=adjusted, budgeted=budgeted, execution_rate=rate)

    assert list(execution.find(row, PLAIN)) == []


def test_a_rate_that_no_budget_explains_is_doubted():
    row = project("抢救", None, executed="456.47", adjusted="480.50", execution_rate="85.00")

    (finding,) = execution.find(row, PLAIN)
    assert (finding.code, finding.expected, finding.found) == ("execution_rate_mismatch", "95.00", "85.00")


def test_what_was_done_does_not_stand_in_for_a_blank_target():
    rows = [indicator("扫描页数", annual=None, actual=target("21万页"))]

    (finding,) = targets.find(project(indicators=rows), Habits(annual_targets=True))
    assert finding.code == "annual_missing"
