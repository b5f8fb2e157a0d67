"""An index of its own for each test on the one Elasticsearch."""

from contextlib import contextmanager
from uuid import uuid4

from shared.runtime.elastic_index import Aliases, ElasticIndex, connect


@contextmanager
def own_aliases(server, **options):
    """Names that nobody else uses; whatever was made under them is deleted at the end."""
    client = connect(server.url)
    aliases = Aliases(client, f"test-{uuid4().hex[:12]}", **options)
    try:
        yield aliases
    finally:
        for index in client.indices.get(index=f"{aliases.prefix}-*").body:
            client.indices.delete(index=index)
        client.close()


@contextmanager
def own_index(server, **options):
    with own_aliases(server, **options) as aliases:
        yield ElasticIndex(aliases)
