"""What was drawn is what is read, whatever scanner chance sets up."""

import re

from tests.builders.chance_scanners import chance_scanner
from tests.builders.scans import folded, printed_lines, read_scan, small_sample, text_of

SEEDS = (0, 3, 7, 10, 12, 14, 21)
LEAST_LINES_EXACT = 0.97  # of all pages; one-bit and 150 dpi scans lose characters now and then
LEAST_EXACT_OF_A_PAGE = 0.85
AMOUNT = re.compile(r"\d[\d,]*\.\d\d")


def test_what_was_drawn_is_what_is_read_at_the_stated_rates():
    printed, missing = 0, []
    for seed in SEEDS:
        pdf, _ = small_sample(seed)
        lines = printed_lines(pdf)
        page = read_scan(pdf, chance_scanner(seed))
        lost = [line for line in lines if line not in text_of(page)]
        printed += len(lines)
        missing += lost

        assert len(lost) <= (1 - LEAST_EXACT_OF_A_PAGE) * len(lines), (seed, lost)
        assert amounts_read(page) >= {line for line in lines if AMOUNT.fullmatch(line)}, seed
    assert len(missing) <= (1 - LEAST_LINES_EXACT) * printed, missing


def amounts_read(page):
    return {folded(word.text) for word in page.words}
