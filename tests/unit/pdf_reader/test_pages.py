"""What a PDF page shows is what is read of it, where it is shown."""

import math

import pytest

from services.parse.readers.pdf import read_pages
from shared.contracts.errors import DamagedDocument, NotReadable, TruncatedDocument
from shared.contracts.pages import Page, apply
from tests.builders.pdf_files import HEIGHT, WIDTH, pdf, show

BLACK_TABLE_HEAD = "0 g 90 690 200 30 re f 1 g"


def read(*contents: str, entries: str = "", form: str = "") -> Page:
    (page,) = read_pages(pdf(*contents, entries=entries, form=form))
    return page


def words_of(page: Page) -> list[str]:
    return [word.text for word in page.words]


def test_a_word_lies_where_it_is_shown_from_the_top_left_corner():
    page = read(show("Total", 100, 700))

    (word,) = page.words
    assert (page.width, page.height) == (WIDTH, HEIGHT)
    assert (page.source, page.reason) == ("text", "text_layer")
    assert word.box.x0 == 100
    assert word.box.top < HEIGHT - 700 < word.box.bottom
    assert word.box.height == pytest.approx(10)


def test_a_word_has_an_edge_before_each_character_and_behind_the_last():
    (word,) = read(show("Total", 100, 700)).words

    assert len(word.edges) == len("Total") + 1
    assert list(word.edges) == sorted(word.edges)
    assert (word.edges[0], word.edges[-1]) == (word.box.x0, word.box.x1)


def test_what_the_crop_box_hides_is_neither_measured_nor_read():
    page = read(show("In", 150, 600) + show("Out", 20, 600), entries="/CropBox [100 200 500 700]")

    assert (page.width, page.height) == (400, 500)
    assert words_of(page) == ["In"]
    assert page.words[0].box.x0 == 50


def test_a_media_box_need_not_begin_at_zero():
    page = read(show("In", 150, 600), entries="/MediaBox [100 200 500 700]")

    assert (page.width, page.height) == (400, 500)
    assert page.words[0].box.x0 == 50


@pytest.mark.parametrize(
    ("rotate", "matrix"),
    [(90, "0 1 -1 0 300 400"), (180, "-1 0 0 -1 300 400"), (270, "0 -1 1 0 300 400"), (0, "1 0 0 1 300 400")],
)
def test_a_turned_page_is_read_as_it_is_shown(rotate, matrix):
    page = read(f"BT /F 10 Tf {matrix} Tm (Total) Tj ET", entries=f"/Rotate {rotate}")

    assert words_of(page) == ["Total"]
    assert (page.width > page.height) == (rotate in (90, 270))
    assert page.rotation == 0
    assert 0 < page.words[0].box.x0 < page.width


@pytest.mark.parametrize(
    ("turn", "matrix"), [(90, "0 1 -1 0 300 400"), (180, "-1 0 0 -1 300 400"), (270, "0 -1 1 0 300 400")]
)
def test_a_page_printed_on_its_side_is_turned_to_be_read(turn, matrix):
    page = read(f"BT /F 10 Tf {matrix} Tm (Total) Tj ET")

    assert page.rotation == turn
    assert words_of(page) == ["Total"]
    assert page.shown_size == (WIDTH, HEIGHT)
    x, top = apply(page.to_shown, page.words[0].box.x0, page.words[0].box.bottom)
    assert (x, top) == (pytest.approx(300, abs=2), pytest.approx(HEIGHT - 400, abs=2))


def test_a_slanted_watermark_is_left_out():
    assert words_of(read(show("Total", 100, 700) + "BT /F 40 Tf .7 .7 -.7 .7 100 100 Tm (COPY) Tj ET")) == [
        "Total"
    ]


@pytest.mark.parametrize("colour", [".8 g", "1 .7 .7 rg", ".1 .1 0 .2 k"])
def test_a_large_pale_watermark_is_left_out_and_small_pale_text_is_not(colour):
    content = f"{colour} " + show("COPY", 100, 400, size=60) + show("small", 100, 200) + "0 g "

    assert words_of(read(content + show("Total", 100, 700))) == ["small", "Total"]


def seal(x=300, y=500, radius=50):
    """Write letters on an arc, one upright at its top, and a line below them."""
    letters = ""
    for index, letter in enumerate("FINANCE"):
        angle = math.radians(90 + 40 * (3 - index))
        along, across = math.sin(angle), -math.cos(angle)
        place = f"{x + radius * math.cos(angle):.2f} {y + radius * math.sin(angle):.2f}"
        letters += (
            f"BT /F 9 Tf {along:.4f} {across:.4f} {-across:.4f} {along:.4f} {place} Tm ({letter}) Tj ET "
        )
    return letters + show("SEAL", x - 10, y - 30, size=8)


@pytest.mark.parametrize("colour", [".86 0 0 rg", "0 1 1 0 k"])
def test_the_words_of_a_red_seal_are_left_out_and_what_lies_below_is_not(colour):
    table = show("Total", 280, 520) + ".86 0 0 rg " + show("12.00", 100, 520) + "0 g "

    assert words_of(read(f"{table} {colour} {seal()} 0 g {show('below', 300, 480)}")) == [
        *("Total", "12.00", "below"),
    ]


def test_words_on_an_arc_that_is_not_red_hide_nothing_beside_them():
    assert "SEAL" in words_of(read(f"0 0 .8 rg {seal()}"))


def test_a_large_title_is_read_in_any_dark_colour():
    assert words_of(read(".3 .3 .9 rg " + show("Title", 100, 400, size=60))) == ["Title"]


def test_bold_printed_twice_is_read_once():
    assert words_of(read(show("Total", 100, 700) + show("Total", 100.4, 700))) == ["Total"]


def test_the_same_word_a_line_below_is_another_word():
    assert words_of(read(show("11", 100, 700) + show("11", 100, 688))) == ["11", "11"]


def test_hidden_text_is_left_out():
    assert words_of(read(show("Seen", 100, 700) + show("Hidden", 100, 600, more="3 Tr"))) == ["Seen"]


def test_a_page_with_hidden_text_only_waits_for_recognition():
    page = read(show("Hidden", 100, 600, more="3 Tr"))

    assert (page.source, page.reason, page.words) == ("none", "hidden_text_layer", ())


def test_white_text_is_read_on_a_dark_ground_only():
    content = BLACK_TABLE_HEAD + show("Head", 100, 700) + show("Ghost", 100, 300)

    assert words_of(read(content)) == ["Head"]


def test_tiny_text_and_text_beside_the_page_are_left_out():
    content = show("Tiny", 100, 700, size=1) + show("Far", 900, 700) + show("Total", 100, 500)

    assert words_of(read(content)) == ["Total"]


def test_what_is_clipped_away_is_not_read():
    content = (
        "q 90 650 200 100 re W n "
        + show("Seen", 100, 700)
        + show("Cut", 100, 600)
        + " Q "
        + show("Free", 100, 600)
    )

    assert words_of(read(content)) == ["Seen", "Free"]


def test_a_rule_is_as_long_as_clipping_shows():
    (rule,) = read("q 0 0 300 800 re W n 100 500 m 400 500 l S Q").rules

    assert (rule.box.x0, rule.box.x1) == (100, 300)


def test_a_form_is_read_once_for_each_time_it_is_drawn():
    page = read(
        "q 1 0 0 1 0 0 cm /X Do Q q 1 0 0 1 0 -100 cm /X Do Q" + show("Own", 10, 10),
        form=show("Form", 100, 700),
    )

    assert words_of(page) == ["Form", "Form", "Own"]
    assert page.words[1].box.top - page.words[0].box.top == pytest.approx(100)


def test_a_form_that_draws_itself_ends():
    assert words_of(read("/X Do", form=show("Once", 100, 700) + " /X Do")) == ["Once"]


@pytest.mark.parametrize(
    "drawn",
    [
        "1 w 100 500 m 300 500 l S",  # a stroke
        "100 499.5 200 1 re f",  # a thin area
        "100 499.5 m 300 499.5 l 300 500.5 l 100 500.5 l f",  # the same as a polygon
        "100 499.5 200 1 re F",  # by the obsolete operator
    ],
)
def test_a_rule_is_found_however_it_is_drawn(drawn):
    (rule,) = read(drawn).rules

    assert rule.is_horizontal
    assert (rule.box.x0, rule.box.x1) == (100, 300)
    assert (rule.box.top, rule.box.bottom) == (pytest.approx(299.5), pytest.approx(300.5))


def test_an_outlined_rectangle_has_four_rules():
    rules = read("100 500 200 50 re S").rules

    assert sorted(rule.is_horizontal for rule in rules) == [False, False, True, True]


@pytest.mark.parametrize(
    "drawn", ["1 G 100 500 200 50 re S", "1 1 1 rg 100 500 200 1 re f", "0.9 g 100 500 200 50 re f"]
)
def test_white_rules_and_shading_are_no_rules(drawn):
    assert read(drawn).rules == ()


def test_blanks_part_latin_words_and_vanish_beside_other_characters():
    assert words_of(read(show("IP 65 (a) b", 100, 700))) == ["IP 65(a)b"]


def test_a_blank_page_is_text_that_is_blank():
    page = read("")

    assert (page.source, page.reason) == ("text", "blank")


def test_a_page_that_is_a_picture_waits_for_recognition():
    page = read("q 600 0 0 800 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q")

    assert (page.source, page.reason) == ("none", "no_text_layer")


def test_only_the_pages_asked_for_are_read():
    content = pdf(*(show(f"P{number}", 100, 700) for number in range(1, 6)))

    assert [words_of(page) for page in read_pages(content, numbers={2, 4})] == [["P2"], ["P4"]]


def test_half_a_file_is_truncated():
    content = pdf(show("Total", 100, 700))

    with pytest.raises(TruncatedDocument):
        list(read_pages(content[: len(content) // 4]))


def test_a_file_without_pages_is_damaged():
    with pytest.raises(DamagedDocument):
        list(read_pages(pdf()))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4\n", b"<html></html>", b"\x00" * 4000])
def test_what_is_no_pdf_is_not_readable(content):
    with pytest.raises(NotReadable):
        list(read_pages(content))
