"""Blocks and levelled tables whose rules are left out: rows and merged cells by white, or not at all."""

from collections import Counter
from dataclasses import replace

import pytest

from services.parse.document import read_document
from services.parse.tables.implied.blocks import block_of
from services.parse.tables.implied.groups import Fences, Placed, fit_groups
from services.parse.tables.implied.rows import Row, align, settings_of, with_slack
from tests.builders.invented_lists import invent_more
from tests.builders.invented_tables import invent_document
from tests.builders.pages import word
from tests.builders.printed_answers import differences
from tests.builders.printed_tables import print_tables

_EM = 10.0
_PITCH = 20.0


def read(draft, rules):
    content = print_tables(draft.sheets, replace(draft.habits, rules=rules))
    return read_document(content, file_name="表.pdf", media_type="application/pdf")


def names_and_targets(document):
    return Counter(
        (indicator.level1 or "", indicator.name, indicator.annual_target and indicator.annual_target.text)
        for table in document.tables
        for project in table.projects
        for indicator in project.indicators
    )


@pytest.mark.parametrize("rules", ["none", "horizontal", "vertical"])
@pytest.mark.parametrize("seed", [0, 9, 15, 22, 34, 52, 148])
def test_a_table_without_some_of_its_rules_comes_back_as_it_was_printed(seed, rules):
    draft = invent_document(seed)

    assert differences(draft.answers, read(draft, rules)) == []


@pytest.mark.parametrize("seed", [0, 1, 5, 13, 14, 23])
def test_sums_pairs_halves_activities_and_tasks_without_rules_come_back(seed):
    draft = invent_more(seed)

    assert differences(draft.answers, read(draft, "none")) == []


@pytest.mark.parametrize("seed", [2, 46, 1093])
def test_a_table_that_could_be_read_in_two_ways_is_not_read_and_says_so(seed):
    draft = invent_document(seed)

    document = read(draft, "none")

    assert "table_unread" in {finding.code for finding in document.findings}
    assert "no_table" not in {finding.code for finding in document.findings}
    ruled = names_and_targets(read(draft, "lines"))
    assert names_and_targets(document) - ruled == Counter()


def block(text, top, left=0.0):
    return block_of([word(text, left, top, em=_EM)])


def rows(count):
    return [Row(_PITCH * number, _PITCH * number + _EM, {}) for number in range(count)]


def fitted(tops, count, setting, **fences):
    texts = [Placed(0, block("级", top)) for top in tops]
    fit = fit_groups(texts, rows(count), setting, Fences(**fences))
    return fit and [(group.first, group.last) for group in fit.groups]


def test_a_text_in_the_middle_of_three_rows_is_for_all_of_them():
    assert fitted([20, 60], 4, "middle") == [(0, 2), (3, 3)]


def test_a_text_at_the_top_is_for_the_rows_down_to_the_next():
    assert fitted([0, 40], 4, "top") == [(0, 1), (2, 3)]


def test_texts_that_stand_in_the_middle_of_no_rows_fit_none():
    assert fitted([26, 60], 4, "middle") is None


def test_no_group_goes_over_the_first_row_of_a_greater_one():
    assert fitted([10, 60], 5, "middle", starts=frozenset({2})) == [(0, 1), (2, 4)]
    assert fitted([40], 5, "middle", starts=frozenset({2})) is None


def test_blocks_of_one_column_in_one_row_are_no_row():
    tall = block_of([word("高", 50, 0, em=_EM), word("格", 50, 15, em=_EM)])

    assert align([[block("一", 0), block("二", 15)], [tall]]) is None


def test_rows_share_their_middles_or_their_tops():
    tall = block_of([word("高", 50, 0, em=_EM), word("格", 50, 12, em=_EM)])

    middle = align([[block("一", 6)], [tall]])
    top = align([[block("一", 0)], [tall]])

    assert [settings_of(middle), settings_of(top)] == [["middle"], ["top"]]


def test_a_row_stretched_by_a_merged_cell_beside_it_is_as_high_as_the_white_tells():
    placed = [Row(0, 10, {}), Row(20, 30, {}), Row(50, 60, {}), Row(80, 90, {}), Row(100, 110, {})]

    assert [row.above for row in with_slack(placed, "middle")] == [0, 0, 10, 0, 0]
