"""
How the cells of an .xlsx show their numbers: 0.95 is printed as 95%.

Calamine gives values only. The plain formats of budgets are read here; a number of any other
format, or of another kind of workbook, is printed with all its digits.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from lxml import etree

from services.parse.readers.packages import open_package, parse_xml, read_member

_BUILT_IN: Final = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
_PLAIN: Final = re.compile(r"(?P<grouped>#,##)?0(?:\.(?P<digits>0+))?_?\s?(?P<percent>%)?_?\s?")
_REFERENCE: Final = re.compile(r"(?P<column>[A-Z]{1,3})(?P<row>\d+)")


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """Digits behind the point, and whether hundredths are shown as percent."""

    digits: int
    is_percent: bool
    is_grouped: bool = False

    def printed(self, value: float) -> str:
        """Print a number as its cell shows it."""
        number = Decimal(repr(value)) * (100 if self.is_percent else 1)
        shown = number.quantize(Decimal(1).scaleb(-self.digits), ROUND_HALF_UP)
        return f"{shown:{',' if self.is_grouped else ''}f}{'%' if self.is_percent else ''}"


Formats = dict[tuple[int, int], NumberFormat]


def is_formatted(content: bytes) -> bool:
    """Say whether a workbook's formats can be read here."""
    if not content.startswith(b"PK"):
        return False
    with open_package(content) as package:
        return "xl/styles.xml" in package.namelist()


def read_number_formats(content: bytes) -> dict[str, Formats]:
    """Say for each sheet which of its number cells have a plain format; empty for other workbooks."""
    if not content.startswith(b"PK"):
        return {}
    with open_package(content) as package:
        styles = read_member(package, "xl/styles.xml")
        if styles is None:
            return {}
        formats = _formats_by_style(parse_xml(styles, "styles.xml"))
        parts = parts_by_sheet(package)
        return {name: dict(_formatted(package, part, formats)) for name, part in parts.items()}


def _formats_by_style(styles: etree._Element) -> dict[int, NumberFormat]:
    codes = dict(_BUILT_IN)
    codes.update(
        (int(each.get("numFmtId", "0")), each.get("formatCode", ""))
        for each in styles.iterfind(".//{*}numFmt")
    )
    found = styles.find("{*}cellXfs")
    ids = [int(each.get("numFmtId", "0")) for each in found] if found is not None else []
    read = {style: _plain_format(codes.get(number, "")) for style, number in enumerate(ids)}
    return {style: plain for style, plain in read.items() if plain}


def _plain_format(code: str) -> NumberFormat | None:
    match = _PLAIN.fullmatch(code.partition(";")[0].replace('"', "").replace("\\", "").strip())
    if match is None:
        return None
    return NumberFormat(len(match["digits"] or ""), bool(match["percent"]), bool(match["grouped"]))


def parts_by_sheet(package: zipfile.ZipFile) -> dict[str, str]:
    """Name the member of a package that holds each sheet."""
    workbook, relations = (
        read_member(package, name) for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
    )
    if workbook is None or relations is None:
        return {}
    targets = {
        str(each.get("Id")): str(each.get("Target")) for each in parse_xml(relations, "workbook.xml.rels")
    }
    sheets: dict[str, str] = {}
    for sheet in parse_xml(workbook, "workbook.xml").iterfind(".//{*}sheet"):
        relation = next((str(value) for key, value in sheet.items() if str(key).endswith("}id")), "")
        target = targets.get(relation, "").lstrip("/")
        sheets[str(sheet.get("name", ""))] = target if target.startswith("xl/") else f"xl/{target}"
    return sheets


def _formatted(
    package: zipfile.ZipFile, part: str, formats: dict[int, NumberFormat]
) -> Iterator[tuple[tuple[int, int], NumberFormat]]:
    content = read_member(package, part)
    if content is None:
        return
    for cell in parse_xml(content, part).iterfind(".//{*}c"):
        match = _REFERENCE.fullmatch(cell.get("r", ""))
        found = formats.get(int(cell.get("s", "0")))
        if match and found and cell.get("t", "n") == "n":
            yield (int(match["row"]) - 1, _column(match["column"])), found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
