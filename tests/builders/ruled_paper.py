"""Ruled paper for tests: grids drawn with whole, broken or faded rulings, with print in the cells."""

from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from samples.ink import load_font

COLUMNS = (60, 260, 420, 700, 1000, 1240)
ROWS = (80, 140, 260, 330, 460, 520, 700)
MERGED = ((0, 0, 5, 1), (0, 1, 1, 4), (2, 3, 4, 4))
"""Left, top, right, bottom in cells of the grid; the last two excluded."""


def merged_cells():
    """The grid's cells as (left, top, right, bottom) in pixels."""
    taken = {
        (c, r): span for span in MERGED for c in range(span[0], span[2]) for r in range(span[1], span[3])
    }
    spans = {
        taken.get((column, row), (column, row, column + 1, row + 1))
        for column in range(len(COLUMNS) - 1)
        for row in range(len(ROWS) - 1)
    }
    return sorted((COLUMNS[a], ROWS[b], COLUMNS[c], ROWS[d]) for a, b, c, d in spans)


def ruled_paper(*, gaps=0, fading=0.0, seed=1, noise=3.0):
    """
    Draw the grid; ``gaps`` of 10 pixels interrupt the rulings, ``fading`` moves them towards white.

    The ends of rulings stay, as they do on paper that was folded or copied too light.
    """
    image = Image.new("L", (1300, 780), 255)
    pen = ImageDraw.Draw(image)
    for box in merged_cells():
        pen.rectangle(box, outline=round(20 + 235 * fading), width=3)
    dice = Random(seed)
    for _ in range(gaps):
        _interrupt(pen, dice)
    font = ImageFont.truetype(str(load_font()), 24)
    for left, top, right, bottom in merged_cells():
        pen.text(((left + right) / 2 - 36, (top + bottom) / 2 - 16), "满意度", font=font, fill=20)
    grain = np.random.default_rng(seed).normal(0, noise, (image.height, image.width))
    return np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8)


def _interrupt(pen, dice):
    left, top, right, bottom = dice.choice(merged_cells())
    if dice.random() < 0.5:
        x = dice.randint(left + 15, right - 25)
        y = dice.choice((top, bottom))
        pen.rectangle((x, y - 4, x + 10, y + 4), fill=255)
    else:
        y = dice.randint(top + 10, bottom - 20)
        x = dice.choice((left, right))
        pen.rectangle((x - 4, y, x + 4, y + 10), fill=255)
