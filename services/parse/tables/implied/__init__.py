"""Tables whose rules are left out: rows and columns as the white between their cells implies them."""

from services.parse.tables.implied.drawing import draw_implied
from services.parse.tables.implied.header import find_headers

__all__ = ["draw_implied", "find_headers"]
