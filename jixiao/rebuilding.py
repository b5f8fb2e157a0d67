"""Builds the search index of an installation anew, beside the one that is searched."""

import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext

from jixiao.archive import Archive
from jixiao.installation import Installation
from shared.contracts.artifacts import READING
from shared.contracts.flattening import records_of
from shared.contracts.ledger import GONE
from shared.contracts.records import Record
from shared.runtime.rebuild import Rebuild, Rebuilt, rebuild_index

_SAYS_SERVER = "JIXIAO_INDEX_URL"


def rebuild(installation: Installation) -> Rebuilt:
    """Fill a new index from what was read, compare, and only then let it be searched."""
    with _alone(installation):
        beside = _begin(installation)
        documents = _read_documents(installation)
        rebuilt = rebuild_index(beside, documents, lambda name: _records(installation, name))
        _tidy()
    return rebuilt


def go_back(installation: Installation) -> None:
    """Let the index be searched again that the last rebuild replaced; ValueError where there is none."""
    # Engines are imported where they are used: a laptop has no client of Elasticsearch.
    if os.environ.get(_SAYS_SERVER):
        from shared.runtime.connected_index import connect_aliases
        from shared.runtime.elastic_index.rebuilding import move_back

        move_back(connect_aliases())
    elif isinstance(installation, Archive):
        from shared.runtime.search_index.rebuilding import put_back

        with _alone(installation):
            put_back(installation.home.index)


def _alone(installation: Installation) -> AbstractContextManager[None]:
    """Two that rebuild in one home would fill the same folder; on a server each index has its name."""
    if isinstance(installation, Archive):
        return installation.home.rebuilding()
    return nullcontext()


def _begin(installation: Installation) -> Rebuild:
    if os.environ.get(_SAYS_SERVER) or not isinstance(installation, Archive):
        from shared.runtime.connected_index import connect_aliases
        from shared.runtime.elastic_index.rebuilding import ElasticRebuild

        return ElasticRebuild(connect_aliases())
    from shared.runtime.search_index.rebuilding import TantivyRebuild

    return TantivyRebuild(installation.home.index)


def _tidy() -> None:
    """Of the indices on a server that were replaced, keep the one that can be gone back to."""
    if os.environ.get(_SAYS_SERVER):
        from shared.runtime.connected_index import connect_aliases
        from shared.runtime.elastic_index.rebuilding import delete_retired

        delete_retired(connect_aliases(), keep=1)


def _read_documents(installation: Installation) -> Iterator[str]:
    return (entry.document_id for entry in installation.ledger.documents() if entry.state not in GONE)


def _records(installation: Installation, document_id: str) -> Sequence[Record]:
    """What the index should hold of a document: nothing once its last source is gone."""
    if not installation.ledger.sources(document_id) or not READING.exists(installation.store, document_id):
        return ()
    return tuple(records_of(READING.load(installation.store, document_id)))
