"""Tables of offices that do not exist, in layouts made up by chance: every word must come back."""

from dataclasses import replace

import pytest

from services.parse.document import read_document
from tests.builders.invented_lists import invent_more
from tests.builders.invented_tables import invent_document
from tests.builders.printed_answers import differences
from tests.builders.printed_tables import print_tables

_SEEDS = (
    *(0, 2, 3, 6, 26, 34, 43, 51, 71, 72, 85, 93, 94, 99, 100, 129, 130, 136, 146, 147, 190, 255, 1053),
    *(2090, 3061, 3090, 3098, 3179, 3228, 3267, 3299, 5119, 5140, 5186, 5294),
)
"""Each of these was once read wrongly: headers within forms, cells cut by page ends, rules left out."""


def read(draft):
    content = print_tables(draft.sheets, draft.habits)
    return read_document(content, file_name="表.pdf", media_type="application/pdf")


@pytest.mark.parametrize("seed", _SEEDS)
def test_a_table_comes_back_as_it_was_printed(seed):
    draft = invent_document(seed)

    assert differences(draft.answers, read(draft)) == []


def test_rows_without_rules_on_a_page_that_names_no_indicator_are_not_lost():
    draft = invent_document(6024)
    content = print_tables(draft.sheets, replace(draft.habits, rules="none"))

    document = read_document(content, file_name="表.pdf", media_type="application/pdf")

    assert differences(draft.answers, document) == []


@pytest.mark.parametrize("seed", range(12))
def test_sums_pairs_halves_activities_and_tasks_come_back_as_they_were_printed(seed):
    draft = invent_more(seed)

    assert differences(draft.answers, read(draft)) == []
