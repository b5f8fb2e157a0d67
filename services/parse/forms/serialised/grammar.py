"""
The grammar of a cell that holds all indicators of a project.

    N、1-产出指标；11-数量指标；名称；实施周期指标值:X；年度指标值:Y。
    N、产出指标:名称,年度指标值:Y。
    N.1－产出指标，11－数量指标，名称；实施周期指标值：X，年度指标值：Y；

Anchors carry the meaning (numbers with a level behind them, the words before a value); the
separators between them do not, since OCR swaps them and names and values contain them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from services.parse.forms.blanks import without_stray_blanks
from services.parse.forms.serialised.gaps import note_gaps, without_false_starts
from services.parse.forms.serialised.items import Item, cut_into_items
from services.parse.forms.serialised.spoken_levels import read_spoken_levels
from services.parse.forms.serialised.values import doubt_open_value, read_values, split_clauses
from services.parse.forms.serialised.words import HEAD, MARKER, TERMINATORS
from services.parse.passage import Passage
from services.parse.readings import Doubt, IndicatorReading

_SIGNS_ALONE = "。；;，,、.-—－_ "


@dataclass(frozen=True, slots=True)
class SerialisedReading:
    """The indicators of one cell in printed order, and what was noticed beside them."""

    indicators: tuple[IndicatorReading, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def is_serialised(text: str) -> bool:
    """Say whether a text is, or is a piece of, a cell that holds indicators one after another."""
    squeezed = "".join(text.split())
    return bool(HEAD.search(squeezed) and MARKER.search(squeezed)) or len(MARKER.findall(squeezed)) > 1


def read_serialised(cell: Passage) -> SerialisedReading:
    """
    Read the indicators of a cell; every field is a slice of it and keeps its places.

    What is damaged (cut off, or melted into its neighbour) becomes a doubt and never an
    indicator; what is missing within a readable one is left out and noted on it.
    """
    squeezed = without_stray_blanks(cell)
    if not MARKER.search(squeezed.text) and (spoken := read_spoken_levels(squeezed)):
        return SerialisedReading(spoken)
    if not HEAD.search(squeezed.text) and not MARKER.search(squeezed.text):
        return SerialisedReading((), tuple(_prose(squeezed)))
    found = cut_into_items(squeezed)
    readings: list[IndicatorReading] = []
    doubts: list[Doubt] = [*_fragment(found.before)]
    for item in found.items:
        indicator, noticed = _read_item(item)
        doubts.extend(noticed)
        if indicator:
            readings.append(indicator)
    doubts.extend(_fragment(found.after))
    kept, repeated = without_false_starts(readings)
    return SerialisedReading(note_gaps(kept), (*doubts, *repeated))


def _fragment(passage: Passage) -> Iterator[Doubt]:
    if passage.strip(_SIGNS_ALONE):
        yield _damaged(passage)


def _prose(passage: Passage) -> Iterator[Doubt]:
    if passage.strip(_SIGNS_ALONE):
        yield Doubt(
            code="prose_only",
            severity="doubt",
            message="绩效指标栏内的文字不是逐条列出的指标，未予读取",
            place=passage,
        )


def _damaged(place: Passage) -> Doubt:
    return Doubt(
        code="indicator_damaged",
        severity="error",
        message="指标残缺或与相邻指标粘连，未予读取",
        place=place,
        found=place.text,
    )


def _read_item(item: Item) -> tuple[IndicatorReading | None, tuple[Doubt, ...]]:
    name, clauses = split_clauses(item.body)
    values = read_values(name, clauses)
    is_cut = (item.is_last and not clauses) or (item.is_open and "annual_target" not in values.targets)
    if is_cut or not values.is_readable:
        return None, (_damaged(item.place),)
    if item.is_open and not item.body.text.endswith(tuple(TERMINATORS)):
        values = doubt_open_value(values)
    fields = {**item.levels, "name": name if clauses else name.strip("。"), **values.targets}
    if item.number:
        fields["sequence_printed"] = item.number
    lost = (_damaged(values.lost),) if values.lost else ()
    return IndicatorReading(fields, values.doubts), lost
