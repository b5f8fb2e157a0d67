"""Turns an indicator as read into a record."""

from collections.abc import Mapping
from dataclasses import replace

from services.parse.assembly.fields import boxes_of, first_page_of, least_confidence, text_of
from services.parse.assembly.identity import Citations
from services.parse.levels import Levels, infer_levels
from services.parse.passage import Passage
from services.parse.readings import Doubt, IndicatorReading
from shared.contracts.records import Indicator, Target
from shared.values.amounts import read_amount
from shared.values.target import read_target


def assemble_indicator(
    reading: IndicatorReading, sequence: int, project_page: int, citations: Citations
) -> Indicator:
    """
    Build a record from one indicator.

    A level printed in a merged cell is printed for every row that the cell covers; what is
    printed beside the row itself comes first.
    """
    fields = with_merged_levels(reading.fields)
    name = fields.get("name", Passage()).strip()
    page = first_page_of((name, *fields.values()), project_page)
    above = {level: reading.fields.get(f"{level}_above", Passage()) for level in ("level1", "level2")}
    levels = levels_of(fields, above)
    return Indicator(
        record_id=citations.of_indicator(name, fields.values(), page),
        sequence=sequence,
        sequence_printed=text_of(fields, "sequence_printed"),
        level1=text_of(fields, "level1"),
        level2=text_of(fields, "level2"),
        level1_code=text_of(fields, "level1_code"),
        level2_code=text_of(fields, "level2_code"),
        level1_inferred=levels.level1,
        level2_inferred=levels.level2,
        level_basis=levels.basis,
        name=name.text,
        annual_target=_target(fields, "annual"),
        period_target=_target(fields, "period"),
        explanation=text_of(fields, "explanation"),
        scoring=text_of(fields, "scoring"),
        weight=_points(text_of(fields, "weight")),
        core=text_of(fields, "core"),
        note=text_of(fields, "note"),
        actual=_target(fields, "actual"),
        score=_points(text_of(fields, "score")) or text_of(fields, "score"),
        deviation=text_of(fields, "deviation"),
        activity=text_of(fields, "activity"),
        page=page,
        boxes=boxes_of(fields),
        confidence=least_confidence(fields.values()),
    )


def levels_of(fields: Mapping[str, Passage], above: Mapping[str, Passage]) -> Levels:
    """Infer the standard levels from what is printed of them, and blank ones from the row ``above``."""
    levels = _infer(fields)
    joined = {**fields, **{level: text for level, text in above.items() if not text_of(fields, level)}}
    both = _infer(joined)
    if both.contradicts or (both.level1, both.level2) == (levels.level1, levels.level2):
        return levels
    return replace(both, basis="neighbour")


def _infer(fields: Mapping[str, Passage]) -> Levels:
    return infer_levels(
        text_of(fields, "level1"),
        text_of(fields, "level2"),
        level1_code=text_of(fields, "level1_code"),
        level2_code=text_of(fields, "level2_code"),
        name=text_of(fields, "name") or "",
    )


def with_merged_levels(fields: Mapping[str, Passage]) -> dict[str, Passage]:
    """Put the text of a merged level cell where the row has none of its own."""
    joined = {name: passage for name, passage in fields.items() if not name.endswith(("_merged", "_above"))}
    for level in ("level1", "level2"):
        merged = fields.get(f"{level}_merged")
        if merged and not joined.get(level, Passage()).strip():
            joined[level] = merged
    return joined


def _target(fields: Mapping[str, Passage], which: str) -> Target | None:
    text = text_of(fields, which if which == "actual" else f"{which}_target")
    if text is None:
        return None
    return read_target(
        text,
        name=text_of(fields, "name") or "",
        operator=_beside(fields, which, "operator"),
        unit=_beside(fields, which, "unit"),
    )


def _beside(fields: Mapping[str, Passage], which: str, what: str) -> str | None:
    """
    Give the operator or unit of a column of its own.

    One such column is for all values of a row: the unit also for what was done, the operator not.
    """
    own = f"{which}_{what}"
    is_shared = own not in fields and (what == "unit" or which != "actual")
    return text_of(fields, f"annual_{what}" if is_shared else own)


def weight_doubts(fields: Mapping[str, Passage]) -> list[Doubt]:
    """Report a weight that is no number, because the record has no place for its words."""
    printed = text_of(fields, "weight")
    if printed is None or _points(printed) is not None:
        return []
    message = f"分值（权重）“{printed}”无法识别为数字"
    return [Doubt("weight_unreadable", "doubt", message, fields["weight"], found=printed)]


def _points(printed: str | None) -> str | None:
    return read_amount(printed.rstrip("分%％")) if printed else None
