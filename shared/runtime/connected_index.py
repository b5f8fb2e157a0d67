"""The search index that the settings name."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import TypeVar

from shared.contracts.errors import DependencyUnavailable
from shared.contracts.events import Event
from shared.contracts.search import IndexNeedsRebuild
from shared.runtime.elastic_index import Aliases, ElasticIndex, connect
from shared.runtime.server_settings import IndexSettings

E = TypeVar("E", bound=Event)


def connect_index() -> ElasticIndex:
    """Give the index; nothing is sent yet."""
    return ElasticIndex(connect_aliases())


def connect_aliases() -> Aliases:
    """Give the names under which it is read and written, for who builds it anew."""
    settings = IndexSettings()
    client = connect(settings.url, user=settings.user, password=settings.password, api_key=settings.api_key)
    return Aliases(client, settings.prefix, shards=settings.shards, replicas=settings.replicas)


def until_rebuilt(handler: Callable[[E], Iterable[Event]]) -> Callable[[E], Iterable[Event]]:
    """Give a handler that waits where the index is of another version: that is no document's fault."""

    @wraps(handler)
    def handle(event: E) -> Iterable[Event]:
        try:
            return handler(event)
        except IndexNeedsRebuild as fault:
            raise DependencyUnavailable(f"search index: {fault.reason}") from fault

    return handle
