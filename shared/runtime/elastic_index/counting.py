"""Counts by value: facets, each with its own filter lifted, and the records of each document."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from shared.contracts.search import Facet, SearchRequest
from shared.runtime.elastic_index.asking import Answer, Asking, Question
from shared.runtime.elastic_index.clauses import RECORDS
from shared.search.facets import facet_of
from shared.search.fingerprint import Fingerprint

_ALL_VALUES: Final = 65_000
"""Fewer than there are would make counts inexact; more than this are refused by default."""
_DOCUMENTS_AT_A_TIME: Final = 10_000


def facet_counts(names: list[str]) -> dict[str, Any]:
    """Ask for all values of facets."""
    return {name: {"terms": {"field": name, "size": _ALL_VALUES}} for name in names}


def facet_in(answer: Answer, name: str, request: SearchRequest) -> Facet:
    """Show what was counted."""
    buckets = answer["aggregations"][name]["buckets"]
    return facet_of(name, {bucket["key"]: bucket["doc_count"] for bucket in buckets}, request)


def documents_in(asking: Asking) -> Iterator[tuple[str, Fingerprint]]:
    """Yield every document that has records, with their fingerprint."""
    after: Mapping[str, Any] | None = None
    while True:
        (answer,) = asking.ask([Question(RECORDS, wanted={"size": 0, "aggregations": _by_document(after)})])
        counted = answer["aggregations"]["documents"]
        for bucket in counted["buckets"]:
            yield bucket["key"]["document_id"], _fingerprint(bucket)
        after = counted.get("after_key")
        if after is None:
            return


def _fingerprint(bucket: Mapping[str, Any]) -> Fingerprint:
    return Fingerprint(bucket["doc_count"], int(bucket["checksum"]["value"]))


def _by_document(after: Mapping[str, Any] | None) -> dict[str, Any]:
    """A sum is a floating-point number: exact while it stays below 2 ** 53."""
    source = [{"document_id": {"terms": {"field": "document_id"}}}]
    place = {} if after is None else {"after": after}
    return {
        "documents": {
            "composite": {"size": _DOCUMENTS_AT_A_TIME, "sources": source, **place},
            "aggregations": {"checksum": {"sum": {"field": "checksum"}}},
        }
    }
