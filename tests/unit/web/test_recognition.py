"""What OCR read, laid over the scan."""

from services.search.documents.recognition import read_recognition
from shared.contracts.pages import Box, Page, Word


def word(text: str, x0: float, top: float, confidence: float = 0.99) -> Word:
    return Word(text, Box(x0, top, x0 + 30, top + 10), (x0,) * (len(text) + 1), confidence)


def test_words_that_stand_side_by_side_are_a_line_though_the_scan_is_not_level() -> None:
    page = Page(
        1, 600, 800, "ocr", "no_text_layer", (word("右", 80, 13), word("下", 20, 40), word("左", 20, 10))
    )

    lines = read_recognition(page).lines

    assert [[word.text for word in line] for line in lines] == [["左", "右"], ["下"]]


def test_doubtful_words_are_counted_and_blanks_left_out() -> None:
    page = Page(
        1, 600, 800, "ocr", "no_text_layer", (word("甲", 0, 0, 0.5), word(" ", 200, 300)), engine="e 1"
    )

    read = read_recognition(page)

    assert (read.doubtful, read.engine, len(read.lines)) == (1, "e 1", 1)
    assert read.lines[0][0].is_doubtful


def test_a_page_that_was_turned_says_how_its_words_come_onto_the_page_as_shown() -> None:
    page = Page(1, 600, 800, "ocr", "no_text_layer", to_shown=(0.0, 1.0, -1.0, 0.0, 800.0, 0.0))

    assert read_recognition(page).matrix == "0 1 -1 0 800 0"
