"""How far the lines of a page are from level."""

import numpy as np
import pytest
from PIL import Image

from services.ocr.upright import skew_degrees
from tests.builders.ruled_paper import ruled_paper


@pytest.mark.parametrize("degrees", [-10.0, -6.3, -2.0, -0.4, 0.0, 1.1, 2.4, 3.1, 8.0])
def test_the_angle_is_found_also_where_the_paper_lies_far_askew(degrees):
    paper = Image.fromarray(ruled_paper())
    turned = paper.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)

    assert skew_degrees(np.asarray(turned)) == pytest.approx(degrees, abs=0.15)


def test_blank_paper_is_level():
    assert skew_degrees(np.full((400, 300), 255, np.uint8)) == 0
