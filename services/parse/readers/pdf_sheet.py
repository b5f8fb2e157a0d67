"""A PDF page as the sheet of paper that a reader holds: turned, cropped, measured from its top."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from services.parse.readers.pdf_runs import Clip, Point
from shared.contracts.pages import UNCHANGED, Affine, Box

_SLANT = 0.1  # the sine of about six degrees


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    The visible part of a page, in points from the lower left corner of its paper.

    ``turn`` is by how many degrees (clockwise) the page has to be turned so that its text
    stands upright: tables are at times printed on their side without the page saying so.
    """

    left: float
    bottom: float
    right: float
    top: float
    turn: int = 0

    @property
    def width(self) -> float:
        return self.top - self.bottom if self.turn in (90, 270) else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.turn in (90, 270) else self.top - self.bottom

    def place(self, point: Point) -> Point:
        """Measure a point from the top left corner of the sheet as it is read."""
        x, y = point
        match self.turn:
            case 90:
                return y - self.bottom, x - self.left
            case 180:
                return self.right - x, y - self.bottom
            case 270:
                return self.top - y, self.right - x
            case _:
                return x - self.left, self.top - y

    def place_all(self, points: Iterable[Point]) -> list[Point]:
        """Measure points, most often of a sheet that is not turned."""
        if self.turn:
            return [self.place(point) for point in points]
        left, top = self.left, self.top
        return [(x - left, top - y) for x, y in points]

    @property
    def to_shown(self) -> Affine:
        """Map places on the sheet as it is read to the page as shown."""
        match self.turn:
            case 90:
                return (0.0, -1.0, 1.0, 0.0, 0.0, self.width)
            case 180:
                return (-1.0, 0.0, 0.0, -1.0, self.width, self.height)
            case 270:
                return (0.0, 1.0, -1.0, 0.0, self.height, 0.0)
            case _:
                return UNCHANGED

    def cover(self, points: tuple[Point, ...]) -> Box:
        """Find the smallest box around some points."""
        placed = self.place_all(points)
        xs, tops = [x for x, _ in placed], [top for _, top in placed]
        return Box(min(xs), min(tops), max(xs), max(tops))

    def window(self, clip: Clip) -> Box:
        """Find the part of the sheet that clipping lets be seen."""
        sheet = Box(0, 0, self.width, self.height)
        return sheet if clip is None else intersect(sheet, self.cover((clip[:2], clip[2:])))

    def is_level(self, direction: Point) -> bool:
        """Say whether text in this direction runs from left to right."""
        return turn_of(direction) == self.turn

    def is_along_an_edge(self, direction: Point) -> bool:
        return turn_of(direction) is not None


class Windows(dict[Clip, Box]):
    """The part of a sheet that each clip lets be seen, found once."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet

    def __missing__(self, clip: Clip) -> Box:
        self[clip] = window = self._sheet.window(clip)
        return window


def intersect(box: Box, other: Box) -> Box:
    """Find what two boxes share; a box turned inside out where they share nothing."""
    return Box(
        max(box.x0, other.x0), max(box.top, other.top), min(box.x1, other.x1), min(box.bottom, other.bottom)
    )


@lru_cache(maxsize=256)
def turn_of(direction: Point) -> int | None:
    """Find by how many degrees text has to be turned to be level; None where it is slanted."""
    dx, dy = direction
    if abs(dy) < _SLANT:
        return 0 if dx > 0 else 180
    if abs(dx) < _SLANT:
        return 90 if dy > 0 else 270
    return None
