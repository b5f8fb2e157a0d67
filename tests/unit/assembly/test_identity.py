"""Ids that a person can cite and a newer parser keeps."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from services.parse.assembly.identity import Citations
from services.parse.passage import Passage
from tests.builders.readings import printed

DOCUMENT = hashlib.sha256(b"a budget").hexdigest()


def cite(*names, citations=None):
    citations = citations or Citations(DOCUMENT)
    return [citations.of_indicator(name, (), 1) for name in names]


def test_an_id_says_document_page_and_place():
    assert cite(printed("办结率", page=3, x=412.2, y=186.9)) == [f"{DOCUMENT[:16]}-p3-x412-y187"]


def test_a_name_that_is_joined_better_keeps_its_id():
    assert cite(printed("办结率（百分")) == cite(printed("办结率（百分比）"))


def test_rows_found_before_it_do_not_change_an_id():
    name, newly_found = printed("办结率", y=300), printed("受理率", y=200)

    assert cite(newly_found, name)[1] == cite(name)[0]


def test_records_of_one_place_are_told_apart_by_their_order():
    ids = cite(printed("甲"), printed("甲"), printed("甲"))

    assert len(set(ids)) == 3
    assert ids == cite(printed("甲"), printed("甲"), printed("甲"))


def test_where_no_name_is_printed_the_first_printed_field_stands_in():
    value = printed("≥90%", page=2, x=7, y=9)

    assert Citations(DOCUMENT).of_indicator(Passage(), [Passage(), value], 1).endswith("-p2-x7-y9")
    assert Citations(DOCUMENT).of_indicator(Passage(), [], 4).endswith("-p4")


def test_tables_are_counted_on_the_page_on_which_they_begin():
    citations = Citations(DOCUMENT)

    assert [citations.of_table(page)[17:] for page in (2, 2, 5)] == ["t2-1", "t2-2", "t5-1"]


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 3), st.integers(0, 3)), max_size=30))
def test_no_two_records_of_a_document_share_an_id(places):
    ids = cite(*(printed("名", page=page, x=x, y=y) for page, x, y in places))

    assert len(set(ids)) == len(places)
