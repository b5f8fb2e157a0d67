"""Lines of print that are not level: each is followed along its core and cut out straight."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

import cv2
import numpy as np

from services.ocr.ink import find_marks
from services.ocr.picture import Pixels
from services.ocr.rulings import Area

_LIKELY: Final = 0.3
_LEAST_PIXELS: Final = 24
_LEAST_LONG: Final = 6
_LINE_HEIGHTS: Final = 2.7  # of a core, which detectors draw thinner than the line
_END_HEIGHTS: Final = 0.9


class Detector(Protocol):
    """Says of each pixel of a smaller picture how likely it is the core of a line."""

    def line_cores(self, grey: Pixels) -> Pixels: ...


@dataclass(frozen=True, slots=True)
class BentLine:
    """Where a line lies, and its picture as if it were level; both are equally wide."""

    area: Area
    strip: Pixels


def find_bent_lines(grey: Pixels, detector: Detector) -> list[BentLine]:
    """Find the lines of a page whatever way they run on, from top to bottom."""
    likely = detector.line_cores(grey)
    scale = grey.shape[1] / likely.shape[1], grey.shape[0] / likely.shape[0]
    lines = [_straightened(grey, core, scale) for core in _cores(likely)]
    return sorted(lines, key=lambda line: (line.area.top, line.area.left))


@dataclass(frozen=True, slots=True)
class _Core:
    left: int
    middles: Pixels
    thickness: float


def _cores(likely: Pixels) -> Iterator[_Core]:
    labels, stats = find_marks((likely > _LIKELY).astype(np.uint8))
    for label, (left, top, wide, high, pixels) in enumerate(stats.tolist()):
        if label and pixels >= _LEAST_PIXELS and wide >= _LEAST_LONG:
            mark = labels[top : top + high, left : left + wide] == label
            counts = mark.sum(axis=0)
            heights = (mark * np.arange(high)[:, None]).sum(axis=0) / np.maximum(counts, 1)
            yield _Core(left, _smooth(heights, float(np.median(counts))) + top, float(np.median(counts)))


def _smooth(heights: Pixels, thickness: float) -> Pixels:
    reach = max(1, min(len(heights) // 2, round(2 * thickness)))
    padded = np.pad(heights, reach, mode="edge")
    smooth: Pixels = np.convolve(padded, np.ones(2 * reach + 1) / (2 * reach + 1), mode="valid")
    return smooth


def _straightened(grey: Pixels, core: _Core, scale: tuple[float, float]) -> BentLine:
    end = _END_HEIGHTS * core.thickness * scale[1]
    left = max(0, round(core.left * scale[0] - end))
    right = min(grey.shape[1], round((core.left + len(core.middles)) * scale[0] + end))
    height = max(8, round(_LINE_HEIGHTS * core.thickness * scale[1]))
    across = np.arange(left, right, dtype=np.float32)
    middles = np.interp(across / scale[0] - core.left, np.arange(len(core.middles)), core.middles) * scale[1]
    rows = middles[None, :] + np.arange(height, dtype=np.float32)[:, None] - height / 2
    columns = np.broadcast_to(across, rows.shape).copy()
    strip = cv2.remap(
        grey, columns, rows.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    top, bottom = round(float(middles.min()) - height / 2), round(float(middles.max()) + height / 2)
    return BentLine(Area(left, max(0, top), right, min(grey.shape[0], bottom)), strip)
