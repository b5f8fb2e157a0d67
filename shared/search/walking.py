"""Through a whole answer, from its first record to its last."""

from collections.abc import Iterator
from typing import Protocol

from shared.contracts.records import Record
from shared.contracts.search import SearchAnswer, SearchRequest

_TOGETHER = 1000


class Answering(Protocol):
    """Whoever answers requests: an index, or a service that has one."""

    def search(self, request: SearchRequest) -> SearchAnswer: ...


def every_record(index: Answering, request: SearchRequest) -> Iterator[Record]:
    """
    Walk all records that answer, in the order of the answer.

    The first page is asked for at once, so that a question that cannot be understood is refused
    before anything is written.
    """
    request = request.model_copy(update={"facets": (), "size": _TOGETHER, "marked": False, "counted": False})
    return _from_page(index, request, index.search(request))


def _from_page(index: Answering, request: SearchRequest, answer: SearchAnswer) -> Iterator[Record]:
    while True:
        yield from (hit.record for hit in answer.hits)
        if answer.next is None:
            return
        answer = index.search(request.model_copy(update={"after": answer.next}))
