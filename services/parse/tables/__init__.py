"""Tables out of words and ruling lines."""

from services.parse.tables.finding import find_grids

__all__ = ["find_grids"]
