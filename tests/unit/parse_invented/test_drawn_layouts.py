"""
Layouts as offices print them, drawn from memory with invented contents: every word must come back.

They hold what the generated tables do not: values of several years, weights in odd places, captions of
sections, footers within the frame, tables that are said to be empty.
"""

import pytest

from services.parse.document import read_document
from tests.builders.drawn_layouts import MEDIA, every_layout, read_layout
from tests.builders.printed_answers import differences


def facts_of(document):
    return {
        "year": str(document.fiscal_year or 0),
        "kind": document.kind,
        "form": ",".join(sorted({table.form for table in document.tables})),
        "finding": ",".join(sorted({finding.code for finding in document.findings})),
    }


def layouts():
    for name, medium in every_layout():
        fault = read_layout(name).open_faults.get(medium)
        marks = [pytest.mark.xfail(strict=True, reason=fault)] if fault else []
        yield pytest.param(name, medium, marks=marks)


@pytest.mark.parametrize(("name", "medium"), list(layouts()))
def test_a_drawn_layout_comes_back_as_it_was_printed(name, medium):
    layout = read_layout(name)

    document = read_document(layout.content(medium), file_name="表", media_type=MEDIA[medium])

    assert differences(layout.answers, document) == []
    assert {fact: text for fact, text in facts_of(document).items() if fact in layout.facts} == layout.facts
