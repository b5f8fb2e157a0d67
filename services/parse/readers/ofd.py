"""Reads OFD files (GB/T 33190): pages of words and rules as a PDF has them, in XML and in millimetres."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot
from posixpath import dirname, join, normpath
from typing import Final

from lxml import etree

from services.parse.readers.flow_drawing import PAGES_LIMIT, Drawing
from services.parse.readers.ofd_objects import Placement, numbers, read_paths, read_runs
from services.parse.readers.packages import open_package, parse_xml, read_member
from services.parse.readers.pdf_drawing import Path
from services.parse.readers.pdf_rules import read_fills, read_rules
from services.parse.readers.pdf_runs import Run
from services.parse.readers.pdf_sheet import Sheet
from services.parse.readers.pdf_words import read_words
from services.parse.tables.finding import find_grids
from shared.contracts.errors import DamagedDocument, TooManyPages
from shared.contracts.pages import Page

_POINTS_PER_MM: Final = 72 / 25.4
_A4: Final = [0.0, 0.0, 210.0, 297.0]


def read_ofd(content: bytes) -> Drawing:
    """
    Read all pages; what a page takes from its template is drawn first.

    Signatures and seals lie in annotations of their own and are not read.
    """
    with open_package(content) as package:
        pages = tuple(_pages(package))
    return Drawing(pages, tuple(find_grids(pages)))


@dataclass(frozen=True, slots=True)
class _Book:
    """The document of a package: where its members lie, its templates and the size of its pages."""

    package: zipfile.ZipFile
    folder: str
    templates: dict[str, str]
    size: list[float]

    def load(self, place: str) -> etree._Element | None:
        name = place.lstrip("/") if place.startswith("/") else normpath(join(self.folder, place))
        found = read_member(self.package, name)
        return None if found is None else parse_xml(found, name)


def _pages(package: zipfile.ZipFile) -> Iterator[Page]:
    entry = _required(package, "OFD.xml")
    root = next((each.text or "" for each in _named(entry, "DocRoot")), "").strip().lstrip("/")
    document = _required(package, root)
    templates = {each.get("ID", ""): each.get("BaseLoc", "") for each in _named(document, "TemplatePage")}
    book = _Book(package, dirname(root), templates, _size(document) or _A4)
    places = [each.get("BaseLoc", "") for each in _named(document, "Page")]
    if len(places) > PAGES_LIMIT:
        raise TooManyPages(pages=len(places), limit=PAGES_LIMIT)
    for number, place in enumerate(places, start=1):
        yield _page(book, number, book.load(place))


def _required(package: zipfile.ZipFile, name: str) -> etree._Element:
    content = read_member(package, name)
    if content is None:
        raise DamagedDocument(detail=name or "OFD.xml")
    return parse_xml(content, name)


def _named(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """List the descendants of a name; producers differ in the namespace they write."""
    return element.iter(f"{{*}}{name}")


def _size(element: etree._Element) -> list[float] | None:
    boxes = (numbers(each.text) for each in _named(element, "PhysicalBox"))
    return next((box for box in boxes if len(box) == 4 and min(box[2:]) > 0), None)


def _page(book: _Book, number: int, page: etree._Element | None) -> Page:
    size = (_size(page) if page is not None else None) or book.size
    width, height = size[2] * _POINTS_PER_MM, size[3] * _POINTS_PER_MM
    layers = [] if page is None else [*_templates(book, page), page]
    runs = [run for layer in layers for run in _runs(layer, height)]
    paths = [path for layer in layers for path in _paths(layer, height)]
    sheet = Sheet(0.0, 0.0, width, height)
    words = tuple(read_words(runs, sheet, read_fills(paths, sheet)).words)
    is_picture = not words and any(True for layer in layers for _ in _named(layer, "ImageObject"))
    rules = tuple(read_rules(paths, sheet))
    if is_picture:
        return Page(number, width, height, "none", "no_text_layer", rules=rules)
    return Page(number, width, height, "text", "text_layer" if words else "blank", words, rules)


def _templates(book: _Book, page: etree._Element) -> Iterator[etree._Element]:
    for each in _named(page, "Template"):
        place = book.templates.get(each.get("TemplateID", ""))
        layer = book.load(place) if place else None
        if layer is not None:
            yield layer


def _runs(layer: etree._Element, height: float) -> Iterator[Run]:
    for each in _named(layer, "TextObject"):
        yield from read_runs(each, _placement(each, height))


def _paths(layer: etree._Element, height: float) -> Iterator[Path]:
    for each in _named(layer, "PathObject"):
        yield from read_paths(each, _placement(each, height))


def _placement(element: etree._Element, height: float) -> Placement:
    boundary = numbers(element.get("Boundary"))
    matrix = numbers(element.get("CTM"))
    return Placement(
        left=boundary[0] if len(boundary) == 4 else 0.0,
        top=boundary[1] if len(boundary) == 4 else 0.0,
        matrix=matrix if len(matrix) == 6 and hypot(*matrix[:2]) > 0 else [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        height=height,
        points=_POINTS_PER_MM,
    )
