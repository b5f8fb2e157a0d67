"""A found record as it is shown, whatever engine found it."""

from shared.contracts.records import Record
from shared.contracts.search import Hit
from shared.search.entry import entry_of
from shared.search.evaluate import grade_of
from shared.search.highlight import highlight
from shared.search.ranking import Bands


def hit_of(answer: Bands, record: Record, *, marked: bool = True) -> Hit:
    """Say how a record answers and, unless nobody looks at it, mark where."""
    if not marked and not answer.tiered:
        return Hit(record=record, tier=0)
    entry = entry_of(record)
    grade = grade_of(answer, entry)
    return Hit(
        record=record,
        tier=grade + 1 if answer.tiered else 0,
        highlights=highlight(answer.widest, entry, record) if marked else {},
    )
