"""A client of Elasticsearch through which things go wrong on purpose."""

from dataclasses import replace

from elasticsearch import ConnectionError as NoConnection

_ITEM = {"status": 429, "error": {"type": "es_rejected_execution_exception", "reason": "too busy"}}


class Interference:
    """
    Passes everything to the real client, but for bulk requests.

    ``dies_after`` so many nothing is sent any more; of the records of a document only
    ``tears_after`` arrive; the latter half of ``refuses_half`` requests is refused; ``before_bulk``
    happens before the request of that number.
    """

    def __init__(self, client, *, dies_after=None, tears_after=None, refuses_half=0, before_bulk=None):
        self._client = client
        self._dies_after = dies_after
        self._tears_after = tears_after
        self._refuses_half = refuses_half
        self._before_bulk = before_bulk or {}
        self._sent = 0
        self.refused = 0

    def aliases(self, aliases):
        return replace(aliases, client=self)

    def __getattr__(self, name):
        if self._dies_after is not None and self._sent >= self._dies_after:
            raise NoConnection("the writer died")
        return getattr(self._client, name)

    def bulk(self, *, index, operations, **told):
        self._sent += 1
        if happens := self._before_bulk.get(self._sent):
            happens()
        if self._dies_after is not None and self._sent > self._dies_after:
            raise NoConnection("the writer died")
        if self._tears_after is not None and len(operations) > 5:
            self._client.bulk(index=index, operations=operations[: self._tears_after])
            raise NoConnection("the server died in the middle")
        if self._refuses_half and len(operations) > 1:
            self._refuses_half -= 1
            return self._refuse_half(index, operations)
        return self._client.bulk(index=index, operations=operations, **told)

    def _refuse_half(self, index, operations):
        half = len(operations) // 2
        kept, refused = operations[:half], operations[half:]
        self.refused += len(refused)
        items = []
        if kept:
            items = self._client.bulk(index=index, operations=kept)["items"]
        return {"items": [*items, *({"index": _ITEM} for _ in refused)]}
