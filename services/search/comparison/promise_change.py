"""What became of a promise: the same, other words for it, another one, stricter or looser."""

from dataclasses import dataclass
from typing import Literal

from shared.contracts.records import Bound, Indicator, Target
from shared.search.packing import promised

Verdict = Literal["same", "reworded", "stricter", "looser", "other", "now_printed", "not_printed"]
VALUE_FIELDS = ("annual_target", "period_target", "actual")


@dataclass(frozen=True, slots=True)
class TargetChange:
    """One value of an indicator, before and after."""

    field: str
    before: Target | None
    after: Target | None
    verdict: Verdict


def target_changes(before: Indicator, after: Indicator) -> list[TargetChange]:
    """Compare the values that are printed on either side."""
    pairs = ((field, _printed(before, field), _printed(after, field)) for field in VALUE_FIELDS)
    return [TargetChange(field, old, new, verdict_on(old, new)) for field, old, new in pairs if old or new]


def verdict_on(before: Target | None, after: Target | None) -> Verdict:
    """
    Say what became of a target.

    Stricter is what leaves less room than before: every value that keeps the new promise would
    have kept the old one, too. 100% after 90% is neither, for each rules the other out.
    """
    if before is None or after is None:
        return "now_printed" if after else "not_printed"
    if before.text == after.text:
        return "same"
    if before.bounds and after.bounds:
        return _verdict_on_bounds(before.bounds, after.bounds)
    return "other"


def _printed(indicator: Indicator, field: str) -> Target | None:
    target: Target | None = getattr(indicator, field)
    return target if target and target.text else None


def _verdict_on_bounds(before: tuple[Bound, ...], after: tuple[Bound, ...]) -> Verdict:
    old, new = [promised(bound) for bound in before], [promised(bound) for bound in after]
    if [(one.lower, one.upper, one.unit) for one in old] == [(one.lower, one.upper, one.unit) for one in new]:
        return "reworded"
    if len(old) != 1 or len(new) != 1 or old[0].unit != new[0].unit:
        return "other"
    rooms = (old[0].lower, old[0].upper), (new[0].lower, new[0].upper)
    if _is_within(rooms[1], rooms[0]):
        return "stricter"
    return "looser" if _is_within(*rooms) else "other"


_Room = tuple[int | None, int | None]


def _is_within(inner: _Room, outer: _Room) -> bool:
    above = outer[0] is None or (inner[0] is not None and inner[0] >= outer[0])
    below = outer[1] is None or (inner[1] is not None and inner[1] <= outer[1])
    return above and below
