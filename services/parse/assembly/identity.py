"""
Ids by which a person can cite a record, and a program find it again.

A record's id is the place where its name begins: ``e693f9f3c7101de7-p3-x412-y187`` is the
document (the first 16 digits of its SHA-256), the page, and the point of the name's first
character, in whole points from the page's top left corner.

Why the place and not an ordinal or the text: a newer parser that finds one more row would
move every ordinal after it, and one that joins a wrapped name better would change its
text; neither moves the first character. Coordinates of a text layer are the same for every
parser, those of a recognised page are kept with the page, and a text file has its own
fixed raster, so that a point is coarse enough. Where nothing is printed for a name the first
field that is printed stands in; two records cut from one and the same place are told apart by
their order there.
"""

from collections import Counter
from collections.abc import Iterable

from services.parse.passage import Passage, Place

_DIGITS = 16


class Citations:
    """Gives each table and each indicator of one document an id of its own."""

    def __init__(self, document_id: str) -> None:
        self._document = document_id[:_DIGITS]
        self._given: Counter[str] = Counter()

    def of_table(self, first_page: int) -> str:
        """Count the tables that begin on a page, so that another page's tables do not matter."""
        return self._tell_apart(f"{self._document}-t{first_page}", always=True)

    def of_indicator(self, name: Passage, others: Iterable[Passage], first_page: int) -> str:
        """Point to the first character of the name, or else of the first field that is printed."""
        place = next((place for passage in (name, *others) for place in passage.places if place), None)
        return self._tell_apart(f"{self._document}-{_point(place, first_page)}")

    def _tell_apart(self, citation: str, *, always: bool = False) -> str:
        self._given[citation] += 1
        count = self._given[citation]
        return f"{citation}-{count}" if always or count > 1 else citation


def _point(place: Place | None, first_page: int) -> str:
    if place is None:
        return f"p{first_page}"
    return f"p{place.page}-x{round(place.x0)}-y{round(place.top)}"
