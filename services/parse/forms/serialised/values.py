"""The values of one indicator out of a cell that holds all of them."""

from dataclasses import dataclass, replace

from services.parse.forms.serialised.words import MARKER, SEPARATORS
from services.parse.passage import Passage
from services.parse.readings import Doubt

_END_OF_FIELD = SEPARATORS + "。"


@dataclass(frozen=True, slots=True)
class Clause:
    """One value with what announces it; ``is_period`` for the whole term of a project."""

    is_period: bool
    value: Passage
    place: Passage


@dataclass(frozen=True, slots=True)
class Values:
    """What an indicator promises, and what was noticed; ``lost`` is the rest of another one."""

    targets: dict[str, Passage]
    doubts: tuple[Doubt, ...] = ()
    lost: Passage = Passage()
    is_readable: bool = True


def split_clauses(body: Passage) -> tuple[Passage, tuple[Clause, ...]]:
    """Split what follows the levels of an indicator into its name and its values."""
    markers = list(MARKER.finditer(body.text))
    ends = [*(marker.start() for marker in markers), len(body)][1:]
    clauses = tuple(
        Clause(
            is_period=marker["period"] is not None,
            value=_field(body[marker.end() : end]),
            place=body[marker.start() : end],
        )
        for marker, end in zip(markers, ends, strict=True)
    )
    name = body[: markers[0].start()] if markers else body
    return name.strip(SEPARATORS), clauses


def _field(passage: Passage) -> Passage:
    """Leave out the signs that end a value, however many were printed."""
    return passage.strip(_END_OF_FIELD)


def read_values(name: Passage, clauses: tuple[Clause, ...]) -> Values:
    """
    Read the period's and the year's target of an indicator.

    A value for the period behind one for the year belongs to another indicator of which the
    head is lost: it is set apart, never read.
    """
    own, lost = _own_clauses(clauses)
    periods = [clause for clause in own if clause.is_period]
    annuals = [clause for clause in own if not clause.is_period]
    if len(periods) > 1 and not _is_repeated(periods, name):
        return Values({}, is_readable=False)
    targets: dict[str, Passage] = {}
    doubts: list[Doubt] = []
    if periods:
        _read_period(periods, targets, doubts)
    if annuals:
        _read_annual(annuals, targets, doubts, melted=bool(lost))
    return Values(targets, tuple(doubts), lost)


def doubt_open_value(values: Values) -> Values:
    """
    Judge a year's value behind which the cell ends without a sign.

    One that is only the beginning of the period's value is cut off and left out; one that
    equals it is whole; of any other nobody knows, and that is noted.
    """
    annual, period = values.targets["annual_target"], values.targets.get("period_target", Passage())
    if annual and annual.text == period.text:
        return values
    if not period.text.startswith(annual.text):
        return replace(values, doubts=(*values.doubts, _open_value(annual)))
    targets = {name: target for name, target in values.targets.items() if name != "annual_target"}
    return replace(values, targets=targets, doubts=(*values.doubts, _cut_value(annual or period)))


def _open_value(annual: Passage) -> Doubt:
    return Doubt(
        code="value_unterminated",
        severity="info",
        message=f"单元格以指标值“{annual.text}”结尾而没有句号，可能不完整",
        place=annual,
        found=annual.text,
    )


def _cut_value(place: Passage) -> Doubt:
    return Doubt(
        code="indicator_damaged",
        severity="error",
        message="年度指标值在单元格末尾被截断，未予读取",
        place=place,
    )


def _own_clauses(clauses: tuple[Clause, ...]) -> tuple[list[Clause], Passage]:
    own: list[Clause] = []
    for index, clause in enumerate(clauses):
        if clause.is_period and own and not own[-1].is_period:
            rest = Passage()
            for other in clauses[index:]:
                rest = rest + other.place
            return own, rest
        own.append(clause)
    return own, Passage()


def _is_repeated(periods: list[Clause], name: Passage) -> bool:
    """Tell a clause (or an item) printed twice from two items that run into each other."""
    first = periods[0].value.text
    return (bool(name) and name.text in first) or not any(sign in first for sign in "；;")


def _read_period(periods: list[Clause], targets: dict[str, Passage], doubts: list[Doubt]) -> None:
    if len({clause.value.text for clause in periods}) == 1:
        targets["period_target"] = periods[0].value
    if len(periods) > 1:
        doubts.append(_duplicate(periods, "实施周期指标值"))


def _read_annual(
    annuals: list[Clause], targets: dict[str, Passage], doubts: list[Doubt], *, melted: bool
) -> None:
    value = annuals[0].value
    if melted and len(annuals) == 1:
        period = targets.get("period_target", Passage())
        value = value[: len(period)] if period and value.text.startswith(period.text) else value
        if any(sign in value.text for sign in "；;。"):
            return
    targets["annual_target"] = value
    if len(annuals) > 1:
        doubts.append(_duplicate(annuals, "年度指标值"))


def _duplicate(clauses: list[Clause], word: str) -> Doubt:
    """Report a value that is printed more than once; it matters more when the values differ."""
    first, *others = (clause.value.text for clause in clauses)
    other = next((text for text in others if text != first), None)
    return Doubt(
        code="duplicate_clause",
        severity="info" if other is None else "doubt",
        message=f"“{word}”重复出现{'' if other is None else '且内容不同'}",
        place=clauses[1].place,
        expected=first,
        found=first if other is None else other,
    )
