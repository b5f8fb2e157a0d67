"""
Replaces the records of documents so that a reader sees all of the old or all of the new.

Each document has a manifest in the shard of its records: which generations of records there may
be, by their ids, and which is shown. In turn, each step waiting for the one before:

    1. the manifest says that the old generation alone is shown while another one is written
    2. the new generation is written, under ids of its own
    3. the manifest says that the new one alone is shown
    4. the old ones are deleted, then the manifest forgets them

Whatever is interrupted stays hidden (``asking``) until somebody replaces the document again, which
is what happens to work that did not end. Who comes second takes over: the manifest is changed under
the version that was read, so the other one is told, and what it still sends meets a newer version.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from elasticsearch import Elasticsearch

from shared.contracts.errors import DependencyUnavailable
from shared.runtime.elastic_index.connection import Operation, Outcome, write
from shared.runtime.elastic_index.manifests import Manifest, save

_WRITTEN: Final[Mapping[str, int | str]] = {"version": 1, "version_type": "external_gte"}
_DELETED: Final[Mapping[str, int | str]] = {"version": 2, "version_type": "external_gte"}

Sources = Mapping[str, bytes]
"""What is indexed of each record of a document, by record id."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that the index cannot hold, and why."""

    document_id: str
    record_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Generation:
    """New records of some documents, which become visible document by document."""

    name: str
    documents: dict[str, Sources]

    def write(self, client: Elasticsearch, index: str, read: Sequence[Manifest]) -> list[Refusal]:
        """Put the records in the place of those that the manifests tell of; tell which are refused."""
        changing = [one for one in read if one.generations or self.documents[one.document_id]]
        opened = save(client, index, [self._opened(one) for one in changing], in_transition=True)
        refusals = self._write_records(client, index)
        outdated = [manifest for manifest in opened if len(manifest.generations) > 1]
        shown = save(client, index, [replace(one, shown=self.name) for one in outdated], in_transition=True)
        _delete(client, index, [operation for manifest in shown for operation in self._outdated(manifest)])
        fresh = [manifest for manifest in opened if len(manifest.generations) == 1]
        save(client, index, [self._settled(one) for one in (*shown, *fresh)], in_transition=False)
        return refusals

    def write_unseen(self, client: Elasticsearch, index: str) -> list[Refusal]:
        """Write into an index that nobody reads, and that never held any of the documents."""
        manifests = [self._settled(Manifest(name)) for name, sources in self.documents.items() if sources]
        save(client, index, manifests, in_transition=False)
        return self._write_records(client, index)

    def _write_records(self, client: Elasticsearch, index: str) -> list[Refusal]:
        """Write the new records; one that cannot be indexed does not keep the others away."""
        keys = [(document_id, name) for document_id, sources in self.documents.items() for name in sources]
        outcomes = write(client, index, list(self._records()))
        return [
            Refusal(*key, outcome.reason)
            for key, outcome in zip(keys, outcomes, strict=True)
            if _is_refused(outcome)
        ]

    def _records(self) -> Iterator[Operation]:
        for document_id, sources in self.documents.items():
            for record_id, source in sources.items():
                yield Operation("index", f"{self.name}/{record_id}", document_id, source, _WRITTEN)

    def _opened(self, manifest: Manifest) -> Manifest:
        return replace(manifest, generations={**manifest.generations, **self._own(manifest)})

    def _settled(self, manifest: Manifest) -> Manifest:
        own = self._own(manifest) if self.documents[manifest.document_id] else {}
        return replace(manifest, shown=self.name, generations=own)

    def _own(self, manifest: Manifest) -> Mapping[str, Sequence[str]]:
        return {self.name: list(self.documents[manifest.document_id])}

    def _outdated(self, manifest: Manifest) -> Iterator[Operation]:
        for generation, record_ids in manifest.generations.items():
            if generation != self.name:
                for record_id in record_ids:
                    name = f"{generation}/{record_id}"
                    yield Operation("delete", name, manifest.document_id, None, _DELETED)


def _delete(client: Elasticsearch, index: str, operations: Sequence[Operation]) -> None:
    """Delete records; what is not there any more, or never came, is as good as deleted."""
    for outcome in write(client, index, operations):
        if outcome.status >= 400 and outcome.status != 404:
            raise RuntimeError(f"search index: {outcome.status} {outcome.reason}")


def _is_refused(outcome: Outcome) -> bool:
    if outcome.status == 409:
        raise DependencyUnavailable("search index: another writer was quicker")
    if outcome.status >= 500:
        raise DependencyUnavailable(f"search index: {outcome.status} {outcome.reason}")
    return outcome.status >= 400
