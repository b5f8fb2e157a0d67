"""Which parser read a document: raised whenever the same bytes may give another reading."""

from importlib.metadata import version
from typing import Final

PARSER_VERSION: Final = "1"


def reader_versions() -> dict[str, str]:
    """Name the engines behind the readers with their versions, for the record."""
    return {"pdfplumber": version("pdfplumber"), "pdfminer.six": version("pdfminer.six")}
