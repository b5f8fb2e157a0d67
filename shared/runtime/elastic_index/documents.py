"""What is held of each document: how many records, and their fingerprint."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from shared.runtime.elastic_index.asking import Answer, Question
from shared.runtime.elastic_index.clauses import RECORDS
from shared.search.fingerprint import Fingerprint

_DOCUMENTS_AT_A_TIME: Final = 10_000


def documents_in(
    ask: Callable[[Sequence[Question]], list[Answer]],
) -> Iterator[tuple[str, Fingerprint]]:
    """Yield every document that has records, by id, with their fingerprint."""
    after: Mapping[str, Any] | None = None
    while True:
        (answer,) = ask([Question(RECORDS, wanted={"size": 0, "aggregations": _by_document(after)})])
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
