"""Tables that go on with the block before them: the same header once more, and nothing that says whose."""

from dataclasses import replace

from services.parse.forms.parts import Part
from services.parse.readings import ProjectReading, TableReading


def goes_on_without_a_name(before: Part, part: Part) -> bool:
    """Say whether a block has the header of the one before, no line above it and no label in it."""
    if part.lines or part.head.labels or part.section.is_list or before.section.is_list:
        return False
    follows = part.first_page - before.last_page in (0, 1)
    return follows and _heads(part) != [] and _heads(part) == _heads(before)


def _heads(part: Part) -> list[str]:
    return [column.field for column in part.section.band.columns] if part.section.band else []


def put_behind(first: TableReading, second: TableReading) -> TableReading | None:
    """Give the indicators of a table without a name to the only project of the one before."""
    if len(first.members) != 1 or len(second.members) != 1:
        return None
    one, other = first.members[0], second.members[0]
    if not isinstance(one, ProjectReading) or not isinstance(other, ProjectReading):
        return None
    indicators = (*one.indicators, *other.indicators)
    project = replace(one, indicators=indicators, doubts=(*one.doubts, *other.doubts))
    return first.joined(second, project)
