"""Ink on paper: which pixels are print, and which of it is ruling lines."""

from dataclasses import dataclass

import cv2
import numpy as np

from services.ocr.picture import Pixels

_BLOCK = 41
_CONTRAST = 18
_SPECK_PIXELS = 6
_THICKER = 2.0
_GAP = 15
_BROKEN_GAP = 41
_BROKEN_GAP_DOWN = 21  # less than a line of print is high: the rulings above and below a merged cell are two
_GLYPH_PIXELS = 64
_THIN_PIXELS = 9
_STICKS_OUT = 10  # pixels of a run of ink that is more than the thickness of a ruling
_LONG = 200
_CROSSED = 0.08
_CROSSED_IF_LONG = 0.25
_DILATED = 9  # pixels of the smallest mark after it was thickened
_SHORT_LABELS = 1 << 15  # half of what 16 bits hold: on the way to the last labels more are used


def find_ink(grey: Pixels, *, contrast: int = _CONTRAST, scale: float = 1.0) -> Pixels:
    """
    Mark print as 255 on 0: darker than its neighbourhood by ``contrast`` grey levels.

    ``scale`` is the resolution over 200 dpi, for which the sizes were measured.
    """
    block = _odd(_BLOCK * scale)
    smooth = cv2.GaussianBlur(grey, (3, 3), 0)
    return cv2.adaptiveThreshold(
        smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, contrast
    )


def without_specks(ink: Pixels, *, smallest: int = _SPECK_PIXELS) -> Pixels:
    """Drop connected marks of fewer than ``smallest`` pixels: dust."""
    labels, stats = find_marks(ink)
    keep = stats[:, cv2.CC_STAT_AREA] >= smallest
    keep[0] = False
    return marked(labels, keep) if len(stats) > 1 else ink


def find_marks(ink: Pixels, *, least: int = 1, connectivity: int = 8) -> tuple[Pixels, Pixels]:
    """
    Label connected marks, and give OpenCV's statistics of each; the first label is the paper.

    Where each mark has at least so many pixels, short labels suffice, which take half the time.
    """
    kind = cv2.CV_16U if cv2.countNonZero(ink) < _SHORT_LABELS * least else cv2.CV_32S
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=connectivity, ltype=kind)
    return labels, stats


def marked(labels: Pixels, keep: Pixels) -> Pixels:
    """Give the connected marks that are to be kept as 255 on 0."""
    return np.take(np.where(keep, np.uint8(255), np.uint8(0)), labels)


@dataclass(frozen=True, slots=True)
class Rulings:
    """The long strokes of a page, level ones and upright ones, as 255 on 0."""

    across: Pixels
    down: Pixels

    def taken_from(self, ink: Pixels) -> Pixels:
        """Leave print only."""
        return cv2.subtract(ink, cv2.dilate(cv2.max(self.across, self.down), np.ones((5, 5), np.uint8)))


def find_rulings(ink: Pixels, *, scale: float = 1.0, broken: bool = False) -> Rulings:
    """
    Separate the long level and the long upright strokes; seals and bold type are no rulings.

    ``broken`` rulings are put together over wider gaps.
    """
    thick = _without_glyphs(cv2.dilate(ink, np.ones((3, 3), np.uint8)), scale)
    gap, gap_down = (_BROKEN_GAP, _BROKEN_GAP_DOWN) if broken else (_GAP, _GAP)
    across = _strokes(thick, (_odd(45 * scale), 1), join=(_odd(gap * scale), 1), length=100 * scale)
    down = _strokes(thick, (1, _odd(31 * scale)), join=(1, _odd(gap_down * scale)), length=28 * scale)
    side = round(_STICKS_OUT * scale)
    tall, wide = (
        cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(run, np.uint8)) for run in ((side, 1), (1, side))
    )
    longest = across.longer(_LONG * scale), down.longer(_LONG * scale)
    return Rulings(
        across.not_crossed(_apart(tall, longest[1]), _LONG * scale),
        down.not_crossed(_apart(wide, longest[0]), _LONG * scale),
    )


@dataclass(frozen=True, slots=True)
class _Strokes:
    """Long strokes in one direction, with OpenCV's statistics; ``keep`` are those of the right shape."""

    labels: Pixels
    stats: Pixels
    keep: Pixels

    @property
    def lengths(self) -> Pixels:
        longer: Pixels = self.stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
        return longer

    def longer(self, pixels: float) -> Pixels:
        """Mark the long ones: they are rulings."""
        return marked(self.labels, self.keep & (self.lengths >= pixels))

    def not_crossed(self, crossing: Pixels, long: float) -> Pixels:
        """
        Mark the rulings: those out of which hardly anything stands.

        Level strokes of neighbouring glyphs run together in small print, but upright ones stand in
        them all along; in a ruling only where print touches it. On 13 pages, scanned and drawn,
        rulings were crossed on up to 0.04 of their length, long ones with print on them on 0.13;
        strokes of print on 0.09 and more, long ones on 0.3 and more.
        """
        keep = self.keep.copy()
        for label in np.flatnonzero(keep).tolist():
            most = _CROSSED_IF_LONG if self.lengths[label] >= long else _CROSSED
            keep[label] = self._crossed_share(label, crossing) < most
        return marked(self.labels, keep)

    def _crossed_share(self, label: int, crossing: Pixels) -> float:
        left, top, wide, high = self.stats[label, :4].tolist()
        window = slice(top, top + high), slice(left, left + wide)
        crossed = (crossing[window] > 0) & (self.labels[window] == label)
        return float(crossed.any(axis=0 if wide >= high else 1).mean())


def _apart(runs: Pixels, rulings: Pixels) -> Pixels:
    """Leave out runs of ink that are rulings of the other direction."""
    return cv2.subtract(runs, cv2.dilate(rulings, np.ones((7, 7), np.uint8)))


def _without_glyphs(ink: Pixels, scale: float) -> Pixels:
    """Drop what is as small as a glyph and not as thin as a piece of ruling: its strokes are none."""
    labels, stats = find_marks(ink, least=_DILATED)
    sides = np.sort(stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]], axis=1)
    keep = (sides[:, 1] >= _GLYPH_PIXELS * scale) | (sides[:, 0] <= _THIN_PIXELS * scale)
    keep[0] = False
    return marked(labels, keep)


def _strokes(ink: Pixels, kernel: tuple[int, int], *, join: tuple[int, int], length: float) -> _Strokes:
    opened = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(kernel[::-1], np.uint8))
    closed = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones(join[::-1], np.uint8))
    labels, stats = find_marks(closed, least=max(kernel))
    lengths = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    keep = lengths >= length
    keep[0] = False
    keep &= _is_thin(stats[:, cv2.CC_STAT_AREA] / lengths, lengths, keep)
    return _Strokes(labels, stats, keep)


def _is_thin(thickness: Pixels, lengths: Pixels, candidates: Pixels) -> Pixels:
    """Tell rulings from the arcs and bold strokes of seals and titles: these are much thicker than most."""
    if not candidates.any():
        return candidates
    order = np.argsort(thickness[candidates])
    along = np.cumsum(lengths[candidates][order])
    usual = thickness[candidates][order][np.searchsorted(along, along[-1] / 2)]
    thin: Pixels = thickness <= _THICKER * usual
    return thin


def _odd(size: float) -> int:
    return max(3, round(size) | 1)
