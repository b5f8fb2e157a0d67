"""Which documents a newer parser reads again."""

import re

import pytest

from services.parse import version
from services.parse.forms.registry import FORMS, GENERAL
from services.parse.version import (
    CHANGES,
    EVERYTHING,
    NO_TABLE,
    PARSER_VERSION,
    Change,
    is_affected,
    reader_versions,
)
from shared.contracts.media import DOCX, HTML, ODS, PDF, TEXT, XLSX
from tests.builders.records import document, table


@pytest.fixture
def changes(monkeypatch):
    def set_changes(**changed):
        listed = tuple(
            Change(key.replace("v", "").replace("_", "."), forms) for key, forms in changed.items()
        )
        monkeypatch.setattr(version, "CHANGES", listed)

    return set_changes


def read_by(parser_version, *forms):
    tables = tuple(table().model_copy(update={"form": form}) for form in forms)
    return document(*tables).model_copy(update={"parser_version": parser_version})


def test_a_document_of_a_form_that_is_read_otherwise_is_affected(changes):
    changes(v1_0_0=frozenset({EVERYTHING}), v1_1_0=frozenset({"monitoring"}))

    assert is_affected(read_by("1.0.0", "levelled_block", "monitoring"))
    assert not is_affected(read_by("1.0.0", "levelled_block"))
    assert not is_affected(read_by("1.1.0", "monitoring"))


def test_all_changes_since_it_was_read_count(changes):
    changes(v1_0_0=frozenset(), v1_1_0=frozenset({"monitoring"}), v1_10_0=frozenset({"flat_list"}))

    assert is_affected(read_by("1.0.0", "monitoring"))
    assert not is_affected(read_by("1.9.0", "monitoring"))
    assert is_affected(read_by("1.9.0", "flat_list"))


def test_a_new_form_may_be_in_documents_without_tables(changes):
    changes(v1_1_0=frozenset({NO_TABLE}))

    assert is_affected(read_by("1.0.0"))
    assert not is_affected(read_by("1.0.0", "flat_list"))


def test_a_version_from_before_versions_were_semantic_is_the_first(changes):
    changes(v1_0_0=frozenset({EVERYTHING}))

    assert not is_affected(read_by("1", "flat_list"))


def test_changes_are_listed_in_order_and_name_known_forms():
    numbers = [tuple(map(int, change.version.split("."))) for change in CHANGES]
    known = {form.name for form in FORMS} | {GENERAL, EVERYTHING, NO_TABLE}

    assert numbers == sorted(set(numbers))
    assert all(change.forms <= known for change in CHANGES)
    assert re.fullmatch(r"\d+\.\d+\.\d+", PARSER_VERSION)


@pytest.mark.parametrize(
    ("media_type", "readers"),
    [
        (PDF, {"pdfplumber", "pdfminer.six", "pypdfium2"}),
        (XLSX, {"python-calamine", "lxml"}),
        (ODS, {"lxml"}),
        (HTML, {"lxml"}),
        (DOCX, {"lxml"}),
        (TEXT, set()),
    ],
)
def test_the_record_names_the_libraries_that_read_this_kind_of_file(media_type, readers):
    assert set(reader_versions(media_type, ())) == readers
