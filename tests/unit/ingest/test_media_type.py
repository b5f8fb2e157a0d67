"""What kind of file the bytes are."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.media_type import READ_TYPES, media_type_of, readable_media_type
from shared.contracts.errors import (
    ContentDiffersFromName,
    DamagedDocument,
    DocumentRejected,
    EmptyFile,
    EncryptedDocument,
)
from shared.contracts.media import ODS
from tests.builders.files import open_document, package

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64
CHINESE = "项目支出绩效目标表\r\n满意度\t≥95%\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_text_in_any_encoding_of_a_chinese_office(encoding):
    assert media_type_of(CHINESE.encode(encoding)) == "text/plain"


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"]), min_size=4))
def test_text_in_utf_8_is_never_anything_unreadable(text):
    assert media_type_of(("目标 " + text).encode()) == "text/plain"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\r\n\xef\xbb\xbfjunk from a gateway\n%PDF-1.4\n", "application/pdf"),
        (b"<!DOCTYPE html><title>404</title>", "text/html"),
        (b"\xef\xbb\xbf \n<!-- moved --><HTML>", "text/html"),
        ("<html><body>出错".encode("utf-16"), "text/html"),
        (b"\x89PNG\r\n\x1a\n\0\0", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"II*\x00\x08", "image/tiff"),
        (b"BM\x9a\x00\x00\x00\0\0\0\0", "image/bmp"),
        (b"BMW is not a bitmap", "text/plain"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (package(["[Content_Types].xml", "xl/workbook.xml"]), "spreadsheetml"),
        (package(["word/document.xml"]), "wordprocessingml"),
        (package(["OFD.xml", "Doc_0/Document.xml"]), "application/ofd"),
        (package(["budget/a.pdf"]), "application/zip"),
        (OLE + "Workbook".encode("utf-16-le"), "application/vnd.ms-excel"),
        (OLE + "WordDocument".encode("utf-16-le"), "application/msword"),
        (bytes(range(256)) * 4, "application/octet-stream"),
    ],
)
def test_the_bytes_say_what_they_are(content, media_type):
    assert media_type in media_type_of(content)


@pytest.mark.parametrize("content", [b"", b" \r\n\t", b"\0" * 4096, b"\xef\xbb\xbf\n", b"\xff\xfe"])
def test_nothing_but_blanks_is_an_empty_file(content):
    with pytest.raises(EmptyFile):
        media_type_of(content)


def test_a_locked_office_file_says_that_it_is_locked():
    with pytest.raises(EncryptedDocument):
        media_type_of(OLE + "EncryptedPackage".encode("utf-16-le"))


def test_a_broken_package_is_damaged():
    with pytest.raises(DamagedDocument):
        media_type_of(b"PK\x03\x04 and then nothing of a zip")


def test_an_error_page_named_pdf_is_told_apart_from_a_web_page():
    with pytest.raises(ContentDiffersFromName) as caught:
        readable_media_type(b"<html>404", file_name="预算.PDF")
    assert caught.value.facts == {"claimed": ".pdf", "media_type": "text/html"}

    assert readable_media_type(b"<html>404", file_name="预算.html") == "text/html"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_table_saved_as_a_web_page_is_read_whatever_it_is_called(encoding):
    page = "<html><body><TABLE><tr><td>绩效目标</td></tr></TABLE>".encode(encoding)

    assert readable_media_type(page, file_name="预算.xls") == "text/html"


def test_an_open_document_says_what_it_is_in_its_first_member():
    assert media_type_of(open_document("spreadsheet")) == ODS
    assert media_type_of(open_document("text")) == "application/zip"


def test_noise_named_pdf_is_a_damaged_pdf():
    with pytest.raises(DamagedDocument):
        readable_media_type(bytes(range(256)), file_name="a.pdf")


def test_a_wrong_name_does_no_harm_where_the_content_can_be_read():
    assert readable_media_type(CHINESE.encode(), file_name="a.pdf") == "text/plain"


@given(st.binary(max_size=200), st.sampled_from(["a.pdf", "a.txt", "a.xls", "a"]))
def test_any_bytes_have_a_readable_type_or_a_coded_rejection(content, file_name):
    with suppress(DocumentRejected):
        assert readable_media_type(content, file_name=file_name) in READ_TYPES
