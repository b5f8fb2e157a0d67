"""What the uploader says about a document, in words or by where it was put."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

HINT_NAMES: Final = ("province", "city", "district", "department", "year")
_METADATA_PREFIX: Final = "x-amz-meta-"
_ALIASES: Final = {"fiscal-year": "year", "fiscal_year": "year"}
_LONGEST: Final = 200


def hints_of(key: str, metadata: Mapping[str, str]) -> dict[str, str]:
    """
    Gather the hints of an upload: known metadata under our names, and the folders of the key.

    Metadata arrives percent-encoded from S3, because its headers are ASCII. The folders are
    passed on as they are (``path``): what in them is a place or a year, parse decides. They
    end in a slash and never hold the file's name, which must not change what is read.
    """
    hints = {_name(name): unquote(text).strip()[:_LONGEST] for name, text in sorted(metadata.items())}
    known = {name: hints[name] for name in HINT_NAMES if hints.get(name)}
    folder = key.rpartition("/")[0]
    return {**known, "path": f"{folder}/"} if folder else known


def _name(name: str) -> str:
    plain = name.lower().removeprefix(_METADATA_PREFIX)
    return _ALIASES.get(plain, plain)
