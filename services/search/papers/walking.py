"""From hit to hit on the paper, in the order of the search one came from."""

from dataclasses import dataclass

from services.search.answering import answers_of
from services.search.questions.address import SearchAddress
from shared.contracts.search import QueryError, SearchAnswer, SearchIndex


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a record stands among the answers, and the links to its neighbours and back."""

    position: int
    total: int
    before: str | None
    after: str | None
    back: str


def walk_from(index: SearchIndex, address: SearchAddress, record_id: str) -> Walk | None:
    """
    Find a record's place in the list that a person came from; None where it is no answer (any more).

    What the list folds behind another hit is met when each record is listed by itself.
    """
    try:
        walk = _walk(index, address, record_id)
        return walk or (None if address.view else _walk(index, address.listing_every(), record_id))
    except QueryError:
        return None


def _walk(index: SearchIndex, address: SearchAddress, record_id: str) -> Walk | None:
    answer = answers_of(index, address)
    ids = [hit.record.record_id for hit in answer.hits]
    if record_id not in ids:
        return None
    place = ids.index(record_id)
    return Walk(
        position=address.passed + place + 1,
        total=answer.groups or answer.total,
        before=_link(address, ids[place - 1]) if place else _last_of_page_before(index, address),
        after=_link(address, ids[place + 1])
        if place + 1 < len(ids)
        else _first_of_next(index, address, answer),
        back=address.href(fragment=f"r-{record_id}"),
    )


def _link(address: SearchAddress, record_id: str) -> str:
    return address.href(f"/records/{record_id}", fragment="cell")


def _last_of_page_before(index: SearchIndex, address: SearchAddress) -> str | None:
    page = address.page_before()
    hits = answers_of(index, page).hits if page else ()
    return _link(page, hits[-1].record.record_id) if page and hits else None


def _first_of_next(index: SearchIndex, address: SearchAddress, answer: SearchAnswer) -> str | None:
    if answer.next is None:
        return None
    page = address.page_after(answer.next)
    hits = answers_of(index, page).hits
    return _link(page, hits[0].record.record_id) if hits else None
