"""Which parser read a document: raised whenever the same bytes may give another reading."""

from collections.abc import Iterable
from importlib.metadata import version
from typing import Final

from shared.contracts.pages import Page

PARSER_VERSION: Final = "1"


def reader_versions(pages: Iterable[Page]) -> dict[str, str]:
    """Name the engines behind the readers with their versions, for the record."""
    engines = sorted({page.engine for page in pages if page.engine})
    recognised = {"ocr": "; ".join(engines)} if engines else {}
    return {"pdfplumber": version("pdfplumber"), "pdfminer.six": version("pdfminer.six"), **recognised}
