"""Boxes of recognised pages lie where the scan shows the words."""

from services.parse.assembly.on_paper import lay_on_paper
from shared.contracts.pages import Page
from shared.contracts.records import Document, Finding, PageBox


def document(box: PageBox) -> Document:
    finding = Finding(code="low_confidence", severity="doubt", message="", box=box)
    return Document(
        document_id="d",
        file_name="d.pdf",
        media_type="application/pdf",
        size_bytes=1,
        parser_version="1",
        reader_versions={},
        pages=(),
        findings=(finding,),
    )


def test_a_page_read_on_its_side_is_marked_where_it_is_shown():
    lying = Page(1, 842, 595, "ocr", "no_text_layer", rotation=90, to_shown=(0, -1, 1, 0, 0, 842))

    moved = lay_on_paper(document(PageBox(page=1, x0=10, top=20, x1=110, bottom=30)), [lying])

    assert moved.findings[0].box == PageBox(page=1, x0=20, top=732, x1=30, bottom=832)


def test_pages_read_as_they_are_shown_keep_their_boxes():
    box = PageBox(page=1, x0=10, top=20, x1=110, bottom=30)
    other = Page(2, 842, 595, "ocr", "no_text_layer", to_shown=(0, -1, 1, 0, 0, 842))

    assert lay_on_paper(document(box), [other]).findings[0].box == box
