"""What is left of a cell when dust lies in it."""

from types import SimpleNamespace

from services.ocr.page_reading import _read_stretch
from services.ocr.recogniser import LineReading
from services.ocr.rulings import Area


def read(*lines):
    """What is read of a cell, of whose lines each is a text, a left edge and a top."""
    areas = [Area(left, top, left + 24 * len(text), top + 32) for text, left, top in lines]
    readings = [LineReading(text, tuple(range(len(text) + 1)), (0.99,) * len(text)) for text, _, _ in lines]
    sheet = SimpleNamespace(scale=1.0, read=lambda _lines, _engine: readings)
    return [repair.reading.text for _, repair in _read_stretch(sheet, areas, None)]


def test_a_lone_mark_away_from_the_lines_of_a_cell_is_dust():
    assert read((".", 300, 10), ("机构运行经费", 40, 60), (",", 180, 140)) == ["机构运行经费"]


def test_a_full_stop_for_which_a_line_had_no_room_is_print():
    assert read(("机构运行经费", 40, 60), ("。", 40, 90)) == ["机构运行经费", "。"]
