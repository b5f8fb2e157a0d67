"""What two engines read differently is told; where they must differ it is not."""

import numpy as np
import pytest

from services.ocr.recogniser import LineReading
from services.ocr.second_reader import SecondReader


def reading(text, *, doubted="", confidence=0.98):
    confidences = tuple(0.5 if character in doubted else confidence for character in text)
    return LineReading(text, tuple(float(n) for n in range(len(text) + 1)), confidences)


class Knowing:
    """An engine that reads what it was told, and notes how much it was asked."""

    name = version = "knowing 1"

    def __init__(self, text="", confidence=0.9):
        self._text = text
        self._confidence = confidence
        self.asked = 0

    def read_lines(self, pictures):
        self.asked += len(pictures)
        return [reading(self._text, confidence=self._confidence) for _ in pictures]


SILENT = Knowing()


def others(*firsts, amounts=SILENT, words=SILENT):
    picture = np.zeros((10, 10), np.uint8)
    return list(SecondReader(amounts, words).other_readings(firsts, [picture] * len(firsts)))


def test_another_amount_is_told():
    assert others(reading("38.00"), amounts=Knowing("88.00")) == [(0, "88.00")]


@pytest.mark.parametrize("second", ["1391.47", "1,391,47", "1,391.47", ""])
def test_the_same_figures_with_other_marks_are_no_other_amount(second):
    assert others(reading("1,391.47"), amounts=Knowing(second)) == []


@pytest.mark.parametrize(("first", "second"), [("17.5", "175"), ("-3.4", "3.4")])
def test_marks_that_the_second_reader_overlooks_count_where_the_first_is_sure(first, second):
    assert others(reading(first), amounts=Knowing(second)) == []
    assert others(reading(first, doubted=".-"), amounts=Knowing(second)) == [(0, second)]


def test_a_guess_is_no_other_amount():
    assert others(reading("38.00"), amounts=Knowing("88.00", confidence=0.3)) == []


def test_what_nobody_doubts_is_not_read_again():
    words = Knowing("别的")

    assert others(reading("满意度"), words=words) == []
    assert words.asked == 0


def test_another_word_where_the_first_reader_doubts_is_told():
    first = reading("保障口岸查验", doubted="岸")

    assert others(first, words=Knowing("保障口崖查验")) == [(0, "保障口崖查验")]


def test_a_doubt_that_the_second_reader_does_not_share_is_not_told():
    assert others(reading("保障口岸查验", doubted="岸"), words=Knowing("保障口岸查验")) == []


def test_another_word_where_the_first_reader_is_sure_is_the_second_readers_error():
    assert others(reading("保障口岸查验", doubted="验"), words=Knowing("保障口崖查验")) == []


@pytest.mark.parametrize("doubted", ["≥", "：", "。"])
def test_marks_are_not_compared_for_engines_always_differ_in_them(doubted):
    words = Knowing("满意度: 之95%")

    assert others(reading("满意度：≥95%。", doubted=doubted), words=words) == []
    assert words.asked == 0


def test_a_second_reading_that_is_quite_unlike_tells_nothing():
    assert others(reading("保障口岸查验", doubted="岸"), words=Knowing("大大大大")) == []
