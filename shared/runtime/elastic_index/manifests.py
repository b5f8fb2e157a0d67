"""What the index holds of each document, written down beside its records."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from elasticsearch import Elasticsearch

from shared.contracts.errors import DependencyUnavailable
from shared.runtime.elastic_index.asking import transition_of
from shared.runtime.elastic_index.connection import Operation, tell_forbidden, write


class NoSuchIndex(Exception):
    """There is no index under the name; it has to be made first."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """
    The generations of a document's records, each with their ids, and the one that is shown.

    ``sequence`` is the version that was read: it is written over that one and no other.
    """

    document_id: str
    shown: str | None = None
    generations: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sequence: Mapping[str, int] = field(default_factory=dict)

    def saving(self, *, in_transition: bool) -> Operation:
        """Write it; one that has nothing to tell any more is deleted."""
        name, routing = f"manifest/{self.document_id}", self.document_id
        if not self.generations:
            return Operation("delete", name, routing, None, self.sequence)
        told: dict[str, Any] = {"holds": "manifest"}
        if in_transition:
            told["transition"] = transition_of(self.document_id, self.shown)
        told["manifest"] = {"shown": self.shown, "generations": self.generations}
        source = json.dumps(told, ensure_ascii=False).encode()
        return Operation("index" if self.sequence else "create", name, routing, source, self.sequence)


def read_manifests(
    client: Elasticsearch, alias: str, document_ids: Sequence[str]
) -> tuple[str, list[Manifest]]:
    """
    Read manifests as last written, seen by readers or not, and name the index that holds them.

    All that follows goes to that index, wherever the alias leads in the meantime.
    """
    wanted = [{"_id": f"manifest/{name}", "routing": name} for name in document_ids]
    found = client.mget(index=alias, docs=wanted)["docs"]
    for one in found:
        if "error" in one:
            tell_forbidden(one["error"])
            raise NoSuchIndex(alias)
    manifests = [_manifest(name, one) for name, one in zip(document_ids, found, strict=True)]
    return str(found[0]["_index"]), manifests


def _manifest(document_id: str, found: Mapping[str, Any]) -> Manifest:
    if not found["found"]:
        return Manifest(document_id)
    told = found["_source"]["manifest"]
    sequence = {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]}
    return Manifest(document_id, told["shown"], told["generations"], sequence)


def save(
    client: Elasticsearch, index: str, manifests: Sequence[Manifest], *, in_transition: bool
) -> list[Manifest]:
    """Write manifests over those that were read; who was overtaken by another writer is told."""
    saved = []
    operations = [manifest.saving(in_transition=in_transition) for manifest in manifests]
    for manifest, outcome in zip(manifests, write(client, index, operations), strict=True):
        if outcome.status == 409:
            raise DependencyUnavailable(f"search index: another writer replaces {manifest.document_id[:12]}")
        if outcome.status >= 400:
            raise RuntimeError(f"manifest of {manifest.document_id}: {outcome.status} {outcome.reason}")
        saved.append(replace(manifest, sequence=outcome.sequence))
    return saved
