"""The search index of a laptop: tantivy in a folder, no server."""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from tantivy import Index, Schema, Searcher
from tantivy import Query as TantivyQuery

from shared.contracts.records import Record
from shared.contracts.search import IndexNeedsRebuild, SearchAnswer, SearchRequest
from shared.runtime.search_index.counting import Countable, Counter
from shared.runtime.search_index.paging import load, stored_in, strips_of, walk
from shared.runtime.search_index.queries import Translator, every, keyword_values
from shared.runtime.search_index.schema import VERSION, build_schema, documents_of
from shared.runtime.search_index.writing import Writing
from shared.search.fingerprint import Fingerprint, fingerprint_of
from shared.search.hits import hit_of
from shared.search.parser import parse
from shared.search.ranking import Bands, bands
from shared.search.request import Cursor, check, read_cursor, write_cursor

_VERSION_FILE: Final = "layout-version"
_META_FILE: Final = "meta.json"
_FILE_LIST: Final = ".managed.json"


def erase_index(folder: Path) -> None:
    """Throw an index away, usable or not; opening the folder again makes an empty one."""
    shutil.rmtree(folder, ignore_errors=True)


def former_of(folder: Path) -> Path:
    """Name the folder in which an index is kept that another one has taken the place of."""
    return folder.with_name(f"{folder.name}.former")


def is_being_moved(folder: Path) -> bool:
    """Say whether another index takes the place of one in this moment."""
    return not folder.exists() and former_of(folder).exists()


class TantivyIndex:
    """
    Holds records in a folder and answers requests; see ``SearchIndex``.

    Any number of processes may read while one writes; every search sees what was committed
    before it began. Who wants to write waits ``patience_seconds`` for another process to finish.
    An index that another version wrote, or that is damaged, raises ``IndexNeedsRebuild``.
    """

    def __init__(self, folder: Path, *, patience_seconds: float = 5.0) -> None:
        self._folder = folder
        self._schema = build_schema()
        self._opened: _Opened | None = None
        self._writing = Writing(self._present, patience_seconds=patience_seconds)
        self._counter = Counter()
        self._seen: object = None
        self._state = self._current_state()

    def replace(self, document_id: str, records: Iterable[Record]) -> None:
        """Put a document's records in the place of those it had; others see all of the change or nothing."""
        documents = documents_of(records)
        with self._writing.writer() as writer:
            writer.delete_documents_by_term("document_id", document_id)
            for document in documents:
                writer.add_document(document)

    def remove(self, document_id: str) -> None:
        """Forget a document's records."""
        self.replace(document_id, ())

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Take all changes made within as one: the way to build an index of many documents quickly."""
        with self._writing.writer(large=True):
            yield

    def search(self, request: SearchRequest) -> SearchAnswer:
        """Answer a request; a query that cannot be understood is a ``QueryError``."""
        check(request)
        after, answer = read_cursor(request), bands(parse(request.query))
        with _damage_named():
            return self._answer(request, answer, after)

    def _answer(self, request: SearchRequest, answer: Bands, after: Cursor | None) -> SearchAnswer:
        state = self._current_state()
        say = Translator(self._schema, state.values)
        filters = {name: say.has(name, values) for name, values in request.filters.items() if values}
        left_out = [say.lacks(name, values) for name, values in request.without.items() if values]
        query = every([say.translate(answer.widest), *left_out])
        counting = self._counter.begin(request, query, filters, Countable(state.searcher, say))
        strips = strips_of(request, answer, [*filters.values(), *left_out], say)
        found = (
            walk(strips, after, request.size + 1, searcher=state.searcher, say=say) if request.size else []
        )
        page = found[: request.size]
        hits = tuple(hit_of(answer, one.record, marked=request.marked) for one in page)
        total, facets = counting.result()
        return SearchAnswer(
            total=total,
            hits=hits,
            facets=facets,
            next=write_cursor(page[-1].place, request) if len(found) > len(page) else None,
        )

    def get(self, record_id: str) -> Record:
        """Give one record; one that is not there is a ``KeyError``."""
        state = self._current_state()
        searcher, say = state.searcher, Translator(self._schema, state.values)
        query = say.one_of("record_id", (record_id,))
        found = searcher.search(query, 1, False).hits
        if not found:
            raise KeyError(record_id)
        return load(searcher, found[0][1])

    def document_counts(self) -> Mapping[str, int]:
        """Count the records of every document that has any."""
        searcher = self._current_state().searcher
        return dict(searcher.terms_with_prefix("document_id", "", TantivyQuery.all_query()))

    def fingerprints(self) -> Mapping[str, Fingerprint]:
        """Give the fingerprint of every document that has any records."""
        state = self._current_state()
        say = Translator(self._schema, state.values)
        return {
            document_id: fingerprint_of(
                stored_in(state.searcher, say.one_of("document_id", (document_id,)), count)
            )
            for document_id, count in self.document_counts().items()
        }

    @contextmanager
    def nobody_writes(self) -> Iterator[None]:
        """Keep everybody from writing while the folder is moved."""
        with self._writing.nobody_writes():
            yield

    def _current_state(self) -> "_State":
        """Look at what is committed now; an unchanged index is not opened again."""
        if self._seen and is_being_moved(self._folder):
            return self._state
        with _failures_named():
            index = self._present()
            status = (self._folder / _META_FILE).stat()
            seen = (status.st_mtime_ns, status.st_ino)
            if seen != self._seen:
                index.reload()
                self._state = _State(index.searcher())
                self._seen = seen
        return self._state

    def _present(self) -> Index:
        """Give the index that lies in the folder now: a new one may have taken its place."""
        with _failures_named():
            if self._opened is None or self._opened.place != _place(self._folder):
                index = _open(self._folder, self._schema)
                self._opened = _Opened(index, _place(self._folder))
        return self._opened.index


@contextmanager
def _failures_named() -> Iterator[None]:
    """Whatever goes wrong while an index is opened is the index's fault."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise IndexNeedsRebuild(f"{type(error).__name__}: {error}") from error


@contextmanager
def _damage_named() -> Iterator[None]:
    """Damage that shows only when a part of the index is first read; other errors are ours and fly."""
    try:
        yield
    except ValueError as error:
        if "corrupt" not in str(error).lower():
            raise
        raise IndexNeedsRebuild(str(error)) from error


@dataclass(frozen=True, slots=True)
class _Opened:
    """An index, and which folder it lies in, whatever that is called."""

    index: Index
    place: int | None


def _place(folder: Path) -> int | None:
    return folder.stat().st_ino if folder.exists() else None


class _State:
    """One state of the index, and what was looked up in it before."""

    def __init__(self, searcher: Searcher) -> None:
        self.searcher = searcher
        self.values = lru_cache(maxsize=None)(lambda field: keyword_values(searcher, field))


def _open(folder: Path, schema: Schema) -> Index:
    """Open or make an index; its version is written first, so that a crash in between leaves no doubt."""
    version = folder / _VERSION_FILE
    exists = (folder / _META_FILE).exists()
    if not exists and (folder / _FILE_LIST).exists():
        raise IndexNeedsRebuild(f"{_META_FILE} 丢失")
    if exists and (not version.exists() or version.read_text() != str(VERSION)):
        raise IndexNeedsRebuild("由另一版本的程序写成")
    if exists and not Index.is_compatible(str(folder)):
        raise IndexNeedsRebuild("由另一版本的搜索引擎写成")
    folder.mkdir(parents=True, exist_ok=True)
    version.write_text(str(VERSION))
    index = Index(schema, path=str(folder), reuse=True)
    index.config_reader(reload_policy="manual")
    return index
