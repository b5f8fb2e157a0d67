"""What can be said of a document before it is read."""

import pytest

from services.ingest.survey import survey_content
from shared.contracts.errors import DamagedDocument, EncryptedDocument, TooManyPages, TruncatedDocument
from tests.builders.files import pdf

TEXT = "a line of budget text"


def survey(content, **more):
    return survey_content(content, **{"file_name": "a.pdf", "page_limit": 10} | more)


def test_pages_with_text_are_no_scans():
    found = survey(pdf(TEXT, TEXT))

    assert (found.page_count, found.scanned_pages) == (2, {})


def test_a_page_that_is_a_picture_is_a_scan_and_a_blank_one_is_not():
    assert survey(pdf("", picture=True)).scanned_pages == {1: "no_text_layer"}
    assert survey(pdf(TEXT, "")).scanned_pages == {}


def test_a_page_number_stamped_on_a_picture_does_not_make_it_text():
    assert survey(pdf("- 12 -", picture=True)).scanned_pages == {1: "no_text_layer"}


def test_text_printed_over_a_picture_is_text():
    assert survey(pdf(TEXT, picture=True)).scanned_pages == {}


def test_text_has_no_pages_yet():
    found = survey("满意度 ≥95%".encode(), file_name="a.txt")

    assert (found.media_type, found.page_count) == ("text/plain", 0)


def test_a_longer_document_than_allowed_is_refused():
    with pytest.raises(TooManyPages) as caught:
        survey(pdf(TEXT, TEXT, TEXT), page_limit=2)

    assert caught.value.facts == {"pages": 3, "limit": 2}


def test_a_password_is_asked_for_nobody():
    with pytest.raises(EncryptedDocument):
        survey(pdf(TEXT, password="secret"))


def test_a_download_that_broke_off_is_truncated():
    with pytest.raises(TruncatedDocument):
        survey(pdf(TEXT)[:300])


def test_a_file_that_ends_well_and_holds_no_pages_is_damaged():
    with pytest.raises(DamagedDocument):
        survey(b"%PDF-1.4\nnothing of a PDF\n%%EOF\n")
