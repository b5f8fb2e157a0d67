"""≧ is not ≥: the second look at the pixels."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from samples.ink import load_font
from services.ocr.engines.look_alikes import has_two_bars
from services.ocr.engines.rapid import _Label
from tests.builders.scans import rapid


def line(text: str, *, size: int, noise_seed: int = 0, lower: float = 0.0) -> np.ndarray:
    font = ImageFont.truetype(str(load_font()), size)
    paper = Image.new("L", (int(font.getlength(text)) + 20, int(size * 1.6)), 255)
    ImageDraw.Draw(paper).text((8, size * 0.2), text, font=font, fill=20)
    paper = paper.transform(
        paper.size, Image.Transform.AFFINE, (1, 0, 0, 0, 1, lower), Image.Resampling.BICUBIC, fillcolor=255
    )
    grain = np.random.default_rng(noise_seed).normal(0, 6, (paper.height, paper.width))
    return np.clip(np.asarray(paper) + grain, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("size", [20, 26, 36])
@pytest.mark.parametrize("sign", ["≥", "≤", "≧", "≦"])
def test_a_sign_is_read_as_it_is_printed(sign, size):
    printed = f"年度指标值:{sign}85%"

    read = rapid().read_line(line(printed, size=size, noise_seed=size)).text

    assert sign in read


@pytest.mark.parametrize("lower", [0.25, 0.5, 0.75])
@pytest.mark.parametrize("sign", ["≥", "≤", "≧", "≦"])
def test_a_bar_between_two_rows_of_pixels_is_a_bar(sign, lower):
    read = rapid().read_line(line(f"年度指标值:{sign}85%", size=20, lower=lower)).text

    assert sign in read


@pytest.mark.parametrize("size", [17, 22, 33])
@pytest.mark.parametrize("printed", ['完成"三线"整治工单数', "完成“三线”整治工单数"])
def test_straight_and_curly_quotation_marks_are_told_apart(printed, size):
    assert rapid().read_line(line(printed, size=size)).text == printed


@pytest.mark.parametrize(("usual", "rarer"), [("“", '"'), ("”", '"'), ("一", "—")])
def test_what_may_be_the_rarer_sign_is_it(usual, rarer):
    engine = rapid()
    label = _Label(engine._indexes[usual], 0.7, 0, 0.5)
    chances = np.zeros((1, len(engine._alphabet)), np.float32)
    paper = np.full((30, 20), 255, np.uint8)

    chances[0, engine._indexes[rarer]] = 0.1
    assert engine._second_look(label, chances, paper) == rarer
    chances[0, engine._indexes[rarer]] = 0.01
    assert engine._second_look(label, chances, paper) == usual


def test_the_first_of_all_characters_is_no_dash():
    printed = "单一窗口统一管理一般贸易"

    assert rapid().read_line(line(printed, size=22)).text == printed


@pytest.mark.parametrize("size", [17, 22, 33])
@pytest.mark.parametrize("sign", ["≥", "≤", "≧", "≦"])
def test_a_sign_in_a_cell_of_its_own_is_read_as_it_is_printed(sign, size):
    printed = f"{sign}94%"

    assert rapid().read_line(line(printed, size=size, noise_seed=size)).text == printed


def test_blank_paper_has_no_bars():
    assert not has_two_bars(np.full((30, 20), 255, np.uint8))


def test_two_level_strokes_are_two_bars():
    sign = np.full((30, 20), 255, np.uint8)
    sign[18:20, 2:18] = 0
    sign[24:26, 2:18] = 0
    sign[5:18, 7:13] = 0

    assert has_two_bars(sign)


def test_two_slanted_strokes_of_a_sign_cut_in_half_are_no_clear_bars():
    sign = np.full((37, 15), 255, np.uint8)
    for shift in range(12):
        for top in (16, 21):
            sign[top + shift // 3 : top + shift // 3 + 3, shift] = 0
            sign[11 - shift // 3 : 14 - shift // 3, shift] = 0

    assert has_two_bars(sign)
    assert not has_two_bars(sign, clear=True)


def test_a_doubt_about_width_is_no_doubt_about_content():
    reading = rapid().read_line(line("实施周期指标值：100%；", size=26))

    assert min(reading.confidences) > 0.8
