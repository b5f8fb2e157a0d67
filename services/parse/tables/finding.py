"""Finds the tables of a document in its pages of words and rules."""

from collections.abc import Iterable

from services.parse.grid import Grid
from services.parse.tables.continuation import chain_tables
from services.parse.tables.drawn import draw_tables
from services.parse.tables.joining import join_chain
from shared.contracts.pages import Page


def find_grids(pages: Iterable[Page]) -> list[Grid]:
    """Find all tables, in reading order; one that goes on over pages is one grid."""
    return [join_chain(chain) for chain in chain_tables(draw_tables(page) for page in pages)]
