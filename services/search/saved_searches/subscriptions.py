"""Saved searches whose new answers are posted to an address, each kept as an object of its own."""

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pydantic import Field

from shared.contracts.artifacts import ObjectStore
from shared.contracts.records import Model
from shared.contracts.search import SearchRequest
from shared.runtime.database import now

MOST: Final = 50
MOST_FAILURES: Final = 50
_PREFIX: Final = "subscriptions/"
_ID: Final = re.compile(r"[0-9a-f]{16}")


class Subscription(Model):
    """
    A search, where its new answers go, and how far they have been told.

    ``told`` are the latest records that were sent: a document that is read again brings them no
    second time. After ``MOST_FAILURES`` in a row nothing is sent any more.
    """

    id: str
    url: str
    query: str = ""
    filters: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    site: str = ""
    created_at: datetime
    seen_until: datetime
    told: tuple[str, ...] = ()
    failures: int = 0

    @property
    def is_given_up(self) -> bool:
        """Say whether nobody has listened for long."""
        return self.failures >= MOST_FAILURES

    def request(self) -> SearchRequest:
        """Put the question to an engine."""
        return SearchRequest(query=self.query, filters=self.filters, facets=(), marked=False)


class KeptSubscription(Subscription):
    """A subscription with the secret that signs what is sent; the secret is told once."""

    secret: str


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """All subscriptions of an archive."""

    store: ObjectStore

    def add(self, url: str, asked: SearchRequest, *, site: str) -> KeptSubscription:
        """Begin one: what is received from now on is told."""
        moment = now()
        kept = KeptSubscription(
            id=secrets.token_hex(8),
            secret=secrets.token_hex(32),
            url=url,
            query=asked.query,
            filters=asked.filters,
            site=site,
            created_at=moment,
            seen_until=moment,
        )
        self.save(kept)
        return kept

    def save(self, kept: KeptSubscription) -> None:
        """Write one down."""
        self.store.write(f"{_PREFIX}{kept.id}.json", kept.model_dump_json().encode())

    def all(self) -> Iterator[KeptSubscription]:
        """Give all of them; one that is deleted meanwhile is left out."""
        for key in sorted(self.store.keys(_PREFIX)):
            try:
                yield KeptSubscription.model_validate_json(self.store.read(key))
            except KeyError:
                continue

    def delete(self, identity: str) -> None:
        """End one; a KeyError where there is none."""
        key = f"{_PREFIX}{identity}.json"
        if not _ID.fullmatch(identity):
            raise KeyError(identity)
        self.store.read(key)
        self.store.delete(key)
