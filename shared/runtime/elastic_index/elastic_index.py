"""The search index of production: Elasticsearch, read and written through aliases."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from elasticsearch import NotFoundError

from shared.contracts.errors import RecordsRefused
from shared.contracts.records import Record
from shared.contracts.search import SearchAnswer, SearchRequest
from shared.runtime.elastic_index.aliases import Aliases, OneIndex, check_layout
from shared.runtime.elastic_index.asking import Answer, Asking, Question
from shared.runtime.elastic_index.clauses import clause_of, every, has
from shared.runtime.elastic_index.connection import failures_named
from shared.runtime.elastic_index.documents import documents_in
from shared.runtime.elastic_index.facets import Asked, Counted, Facets
from shared.runtime.elastic_index.loading import Loading, add_document, new_generation
from shared.runtime.elastic_index.manifests import NoSuchIndex, read_manifests
from shared.runtime.elastic_index.paging import Strip, page_of, place_of, strips_of
from shared.runtime.elastic_index.replacing import Generation, Refusal
from shared.search.fingerprint import Fingerprint
from shared.search.hits import hit_of
from shared.search.parser import parse
from shared.search.ranking import bands
from shared.search.request import Cursor, check, read_cursor, write_cursor

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Found:
    """A record, and the place in the answer that it takes."""

    place: Cursor
    record: Record


class ElasticIndex:
    """
    Holds records on a server and answers requests; see ``SearchIndex``.

    Any number of processes may read and write at once; every search sees each document whole, as
    it was before a change or after it. The index is made when it is first needed; one that is
    laid out otherwise raises ``IndexNeedsRebuild``.
    """

    def __init__(self, aliases: Aliases | OneIndex) -> None:
        self._aliases = aliases
        self._client = aliases.client
        self._asking = Asking(aliases.client, aliases.read)
        self._facets = Facets(self._ask)
        self._checked: set[str] = set()
        self._ready = False
        self._of_thread = threading.local()

    def replace(self, document_id: str, records: Iterable[Record]) -> None:
        """
        Put a document's records in the place of those it had; others see all of the change or nothing.

        Records that cannot be indexed are named by ``RecordsRefused`` when all others can be found.
        """
        loading: Loading | None = getattr(self._of_thread, "loading", None)
        if loading is not None:
            loading.add(document_id, records)
            return
        generation = new_generation()
        add_document(generation, document_id, records)
        with failures_named():
            refusals = self._write(generation)
            self._show()
        tell_refused(refusals, len(generation.documents[document_id]))

    def remove(self, document_id: str) -> None:
        """Forget a document's records."""
        self.replace(document_id, ())

    @contextmanager
    def batch(self) -> Iterator[None]:
        """
        Write what is changed within by the thousand: the way to load many documents quickly.

        Documents become visible one by one or together, each of them whole.
        """
        loading = self._of_thread.loading = Loading(self._write_named)
        try:
            yield
            loading.finish()
        finally:
            self._of_thread.loading = None
            loading.close()
        with failures_named():
            self._show()
        tell_refused(loading.refusals, loading.taken)

    def search(self, request: SearchRequest) -> SearchAnswer:
        """Answer a request; a query that cannot be understood is a ``QueryError``."""
        check(request)
        after, answer = read_cursor(request), bands(parse(request.query))
        filters = {name: has(name, values) for name, values in request.filters.items() if values}
        left_out = [has(name, values) for name, values in request.without.items() if values]
        asked = Asked(every([clause_of(answer.widest)], without=left_out), filters)
        counted, found = self._page(request, asked, strips_of(request, answer, after), after)
        shown = found[: request.size]
        return SearchAnswer(
            total=counted.total or 0,
            hits=tuple(hit_of(answer, one.record, marked=request.marked) for one in shown),
            facets=counted.facets,
            next=write_cursor(shown[-1].place, request) if len(found) > len(shown) else None,
        )

    def _page(
        self, request: SearchRequest, asked: Asked, strips: Sequence[Strip], after: Cursor | None
    ) -> tuple[Counted, list[Found]]:
        """
        Count, and look for a page and one hit more.

        Where a strip ends within the page, all strips are asked once more, in one state of the index:
        no document is on a page both as it was and as it is.
        """
        wanted = request.size + 1 if request.size else 0
        pages = [page_of(request, strip, after, size=wanted) for strip in strips]
        counted = self._facets.search(request, asked, pages[0])
        found = self._found([counted.found], strips, wanted)
        is_all = len(strips) == 1 or (after is None and len(found) == counted.total)
        if len(found) < wanted and not is_all:
            found = self._found(self._ask([page.alone(asked.meant) for page in pages]), strips, wanted)
        return counted, found

    def get(self, record_id: str) -> Record:
        """Give one record; one that is not there is a ``KeyError``."""
        wanted = {"size": 1, "_source": ["record"]}
        (answer,) = self._ask([Question(has("record_id", (record_id,)), wanted=wanted)])
        for hit in answer["hits"]["hits"]:
            return _record(hit)
        raise KeyError(record_id)

    def document_counts(self) -> Mapping[str, int]:
        """Count the records of every document that has any."""
        return {document_id: held.records for document_id, held in self.fingerprints().items()}

    def documents(self) -> Iterator[tuple[str, int]]:
        """Go through the documents that have records, by id, with how many; they are never all in memory."""
        return ((document_id, held.records) for document_id, held in documents_in(self._ask))

    def fingerprints(self) -> Mapping[str, Fingerprint]:
        """Give the fingerprint of every document that has any records."""
        return self._once_ready(lambda: dict(documents_in(self._asking.ask)))

    def _found(self, answers: Iterable[Answer], strips: Iterable[Strip], wanted: int) -> list[Found]:
        told = zip(answers, strips, strict=False)
        hits = [(hit, strip) for answer, strip in told for hit in answer["hits"]["hits"]]
        self._check(hit["_index"] for hit, _ in hits)
        return [Found(place_of(hit, strip), _record(hit)) for hit, strip in hits[:wanted]]

    def _ask(self, questions: Sequence[Question]) -> list[Answer]:
        return self._once_ready(lambda: self._asking.ask(questions))

    def _write_named(self, generation: Generation) -> list[Refusal]:
        with failures_named():
            return self._write(generation)

    def _write(self, generation: Generation) -> list[Refusal]:
        names = list(generation.documents)
        index, manifests = self._once_ready(lambda: read_manifests(self._client, self._aliases.write, names))
        self._check([index])
        return generation.write(self._client, index, manifests)

    def _show(self) -> None:
        self._client.indices.refresh(index=self._aliases.write)

    def _once_ready(self, action: Callable[[], _T]) -> _T:
        """Do something with the index, which is made or looked at when it is first needed, or gone."""
        with failures_named():
            if not self._ready:
                self._aliases.ensure()
                self._ready = True
            try:
                return action()
            except (NotFoundError, NoSuchIndex):
                self._aliases.ensure()
                return action()

    def _check(self, indices: Iterable[str]) -> None:
        """Look at an index that the alias leads to for the first time: it may have been moved."""
        for index in set(indices) - self._checked:
            with failures_named():
                check_layout(self._client, index)
            self._checked.add(index)


def _record(hit: Mapping[str, Any]) -> Record:
    return Record.model_validate_json(hit["_source"]["record"])


def tell_refused(refusals: list[Refusal], taken: int) -> None:
    """Raise for records that were refused, when all others are there."""
    if refusals:
        first = refusals[0]
        raise RecordsRefused(
            refused=len(refusals),
            kept=taken - len(refusals),
            detail=f"{first.record_id}: {first.reason}",
            documents=tuple(dict.fromkeys(refusal.document_id for refusal in refusals)),
        )
