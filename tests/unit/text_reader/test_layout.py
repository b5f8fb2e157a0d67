"""Plain text stands on pages, and every character knows its place there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.parse.readers import text as reader
from services.parse.readers.text import read_text, read_text_lines, read_text_pages
from shared.contracts.errors import TooManyPages


def test_each_line_is_a_row_of_words_parted_by_blanks() -> None:
    (page,) = read_text_pages("合计 12.50\n工作经费\n".encode())

    assert [word.text for word in page.words] == ["合计", "12.50", "工作经费"]
    assert [word.box.top for word in page.words] == [36, 36, 54]
    assert page.words[1].edges == (66, 72, 78, 84, 90, 96)
    assert (page.source, page.reason) == ("text", "plain_text")


def test_tabs_part_cells_by_a_gap_and_blank_cells_are_kept() -> None:
    (line,) = read_text_lines("合计\t\t2.00".encode())

    assert [cell.text for cell in line.cells] == ["合计", "", "2.00"]
    assert line.cells[2].boxes()[0].x0 - line.cells[0].boxes()[0].x1 == 2 * reader.TAB_POINTS


def test_blanks_that_set_a_line_in_are_kept() -> None:
    (line,) = read_text_lines("    工作经费".encode())

    assert line.passage.text == "    工作经费"
    assert line.passage.strip().boxes()[0].x0 == 36 + 4 * 6


def test_a_line_longer_than_the_page_goes_on_in_the_next_row() -> None:
    (page,) = read_text_pages(("绩" * 70).encode())

    assert [len(word.text) for word in page.words] == [60, 10]
    assert max(word.box.x1 for word in page.words) <= page.width - 36


@pytest.mark.parametrize("gap", ["\f", "\n\n\n\n", "\r\n\r\n \r\n\r\n", "\n\n\f\n"])
def test_a_form_feed_or_three_blank_lines_end_a_page(gap: str) -> None:
    lines = read_text_lines(f"上页{gap}下页".encode())

    assert [(line.passage.text, line.page) for line in lines] == [("上页", 1), ("下页", 2)]
    assert lines[1].passage.boxes()[0].top == 36


def test_two_blank_lines_do_not_end_a_page() -> None:
    assert len(read_text_pages("上\n\n\n下".encode())) == 1


def test_a_full_page_ends() -> None:
    pages = read_text_pages("\n".join("行" * 3 for _ in range(reader.ROWS_PER_PAGE + 1)).encode())

    assert [len(page.words) for page in pages] == [reader.ROWS_PER_PAGE, 1]


def test_a_text_of_very_many_pages_is_refused() -> None:
    with pytest.raises(TooManyPages):
        read_text("\f".join("页" for _ in range(reader.PAGES_LIMIT + 1)).encode())


@given(st.text(alphabet="绩效95%≥,. \t\n\f", min_size=1, max_size=400))
def test_every_printed_character_lies_in_a_word_on_its_page(text: str) -> None:
    content = ("绩" + text).encode()
    document = read_text(content)

    placed = [
        (character, place.page, place.x0, place.top)
        for line in document.lines
        for cell in line.cells
        for character, place in zip(cell.text, cell.places, strict=True)
        if place and not character.isspace()
    ]
    in_words = [
        (character, page.number, x0, word.box.top)
        for page in document.pages
        for word in page.words
        for character, x0 in zip(word.text, word.edges, strict=False)
    ]
    assert sorted(placed) == sorted(in_words)
    assert len(set(in_words)) == len(in_words)
    assert "".join(character for character, *_ in placed) == "".join(content.decode().split())
