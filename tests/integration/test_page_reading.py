"""What was drawn is what is read, however it was scanned."""

import pytest

from samples.pictures import Scanner
from shared.contracts.pages import apply
from tests.builders.scans import digital_sample, folded, printed_lines, read_scan

LEAST_LINES_EXACT = 0.97
LEAST_LINES_EXACT_COARSE = 0.94  # at 150 dpi with strong noise, characters are lost now and then

SCANNERS = {
    "plain": Scanner(dpi=200),
    "askew": Scanner(dpi=200, skew_degrees=1.1, noise=6),
    "lying on its side": Scanner(dpi=200, quarters=1, skew_degrees=-0.7),
    "lying on its other side": Scanner(dpi=200, quarters=3),
    "upside down": Scanner(dpi=200, quarters=2, skew_degrees=0.4),
    "coarse": Scanner(dpi=150, noise=8),
    "fine, black and white": Scanner(dpi=300, bits=1, skew_degrees=-1.2),
    "sealed": Scanner(dpi=200, seal=True),
    "dusty": Scanner(dpi=200, dust=150, seed=3),
}


@pytest.mark.parametrize("scanner", SCANNERS.values(), ids=SCANNERS.keys())
def test_printed_lines_are_read_as_printed(scanner):
    pdf = digital_sample()
    expected = printed_lines(pdf)

    page = read_scan(pdf, scanner)

    read = "".join(folded(word.text) for word in page.words)
    missing = [line for line in expected if line not in read]
    least = LEAST_LINES_EXACT_COARSE if scanner.dpi < 200 else LEAST_LINES_EXACT
    assert len(missing) <= (1 - least) * len(expected), missing


def test_every_cell_of_the_grid_is_ruled():
    page = read_scan(digital_sample(), Scanner(dpi=200))
    drawn = read_scan(digital_sample(), Scanner(dpi=200, skew_degrees=1.0, quarters=1, noise=6))

    assert len(page.rules) == len(drawn.rules) > 50


def test_words_lead_back_to_where_they_are_on_the_scan():
    upright = read_scan(digital_sample(), Scanner(dpi=200))
    turned = read_scan(digital_sample(), Scanner(dpi=200, quarters=1))
    word = next(word for word in upright.words if word.text == "合计")
    same = next(word for word in turned.words if word.text == "合计")

    x, y = apply(turned.to_shown, same.box.x0, same.box.top)

    assert (x, y) == pytest.approx((upright.height - word.box.top, word.box.x0), abs=3.0)


def test_confidence_is_low_where_the_engine_doubts():
    clear = read_scan(digital_sample(), Scanner(dpi=200))
    blurred = read_scan(digital_sample(), Scanner(dpi=70, noise=25))

    assert blurred.confidence is not None
    assert clear.confidence is not None
    assert blurred.confidence < clear.confidence - 0.05
