"""Where and when a document belongs: department, place, fiscal year, kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.parse.assembly.clues import Clues, gather_clues
from services.parse.assembly.kind import find_kind
from services.parse.fiscal_year import FiscalYear, find_fiscal_year
from services.parse.places import Place, find_place
from services.parse.readings import DocumentReading
from shared.contracts.records import DocumentKind, Finding, PlaceBasis, YearBasis


@dataclass(frozen=True, slots=True)
class Origin:
    """What is said of a document as a whole, printed or given by who uploaded it."""

    place: Place = field(default_factory=Place)
    place_basis: PlaceBasis | None = None
    department: str | None = None
    fiscal_year: int | None = None
    fiscal_year_basis: YearBasis | None = None
    kind: DocumentKind = "unknown"
    findings: tuple[Finding, ...] = ()


def find_origin(reading: DocumentReading, hints: Mapping[str, str]) -> Origin:
    """
    Read what is printed; what the uploader says counts only where nothing is.

    Metadata of the upload comes before the folders that the file lay in. A hint that says
    otherwise than the print is a finding.
    """
    clues = gather_clues(reading)
    place, place_basis = _place(clues, hints)
    year = _year(clues, hints)
    return Origin(
        place=place or Place(),
        place_basis=place_basis,
        department=clues.department or hints.get("department"),
        fiscal_year=year.year,
        fiscal_year_basis=year.basis,
        kind=find_kind(reading, clues),
        findings=(*_year_findings(year), *_contradictions(place, place_basis, year, hints)),
    )


def _place(clues: Clues, hints: Mapping[str, str]) -> tuple[Place | None, PlaceBasis | None]:
    """
    Look at departments first: a title may name the place that money goes to.

    Where the department's name says nothing, those of its units do if they agree.
    """
    printed: tuple[tuple[PlaceBasis, tuple[str, ...]], ...] = (
        ("department", (clues.department or "",)),
        ("header", clues.cover),
        ("title", clues.titled_places),
    )
    for basis, texts in printed:
        found = next(filter(None, map(find_place, texts)), None)
        if found:
            return found, basis
    of_units = {find_place(unit) for unit in clues.units}
    if len(of_units) == 1 and (shared := of_units.pop()):
        return shared, "department"
    given = _given_place(hints)
    if given:
        return given, "upload"
    in_path = find_place(hints.get("path", "").replace("/", " ").strip())
    return (in_path, "path") if in_path else (None, None)


def _given_place(hints: Mapping[str, str]) -> Place | None:
    """Complete what the uploader says to official names; what is not found is taken as given."""
    given = [hints[level] for level in ("province", "city", "district") if hints.get(level)]
    if not given:
        return None
    return find_place("".join(given)) or Place(
        hints.get("province"), hints.get("city"), hints.get("district")
    )


def _year(clues: Clues, hints: Mapping[str, str]) -> FiscalYear:
    printed = find_fiscal_year(
        {
            "title": "\n".join((*clues.titles, *clues.titled_years)),
            "cover": "\n".join(clues.cover),
            "header": "\n".join(clues.years),
        }
    )
    if printed.year or printed.contradicts:
        return printed
    given = _number(hints.get("year"))
    if given:
        return FiscalYear(given, "upload")
    folders = hints.get("path", "").split("/")
    in_path = find_fiscal_year({"path": "\n".join(_as_statement(folder) for folder in folders)})
    return in_path if in_path.year else FiscalYear()


def _as_statement(folder: str) -> str:
    year = _number(folder)
    return f"{year}年" if year else folder


def _number(text: str | None) -> int | None:
    plain = (text or "").strip().removesuffix("度").removesuffix("年")
    return int(plain) if len(plain) == len("2026") and plain.isdecimal() and plain.startswith("20") else None


def _year_findings(year: FiscalYear) -> tuple[Finding, ...]:
    if not year.contradicts:
        return ()
    message = "文件中印有不同的年度，未确定预算年度"
    return (Finding(code="fiscal_year_contradicts", severity="doubt", message=message),)


def _contradictions(
    place: Place | None, basis: PlaceBasis | None, year: FiscalYear, hints: Mapping[str, str]
) -> tuple[Finding, ...]:
    found: list[Finding] = []
    given_year = _number(hints.get("year"))
    if year.year and given_year and year.year != given_year:
        found.append(_contradicts("年度", str(year.year), str(given_year)))
    given = _given_place(hints)
    if place and given and basis != "upload":
        for printed, hint in zip(_names(place), _names(given), strict=True):
            if printed and hint and printed != hint:
                found.append(_contradicts("地区", printed, hint))
                break
    return tuple(found)


def _names(place: Place) -> tuple[str | None, str | None, str | None]:
    return place.province, place.city, place.district


def _contradicts(what: str, printed: str, hint: str) -> Finding:
    message = f"上传时填写的{what}“{hint}”与文件所印“{printed}”不一致，以文件为准"
    return Finding(code="hint_contradicts", severity="doubt", message=message, expected=printed, found=hint)
