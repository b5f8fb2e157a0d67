"""An index of its own for each test on the one Elasticsearch, kept with the rights of a service."""

from contextlib import contextmanager
from functools import lru_cache
from uuid import uuid4

from pydantic import SecretStr

from services.reconciler.index_rights import rights_from
from shared.runtime.elastic_index import Aliases, ElasticIndex, connect
from tests.builders.workers import ROOT

WRITER = "test-index"
ROLES = ROOT / "deploy" / "elasticsearch"
_EVERY_TEST = "test-*"


def administrator(server):
    """A client that may do anything."""
    return connect(server.url, user=server.access_key, password=SecretStr(server.secret_key))


def client_of(server, user, password):
    return connect(server.url, user=user, password=SecretStr(password))


@lru_cache
def password_of_writer(server):
    """Make, once on each server, the account that writes; it has the rights of the service in every test."""
    client, password = administrator(server), uuid4().hex
    client.security.put_role(name=WRITER, body=rights_from(ROLES / "index.json", _EVERY_TEST))
    client.security.put_user(username=WRITER, password=password, roles=[WRITER])
    client.close()
    return password


def new_prefix():
    return f"test-{uuid4().hex[:12]}"


@contextmanager
def own_aliases(server, **options):
    """Names that nobody else uses; whatever was made under them is deleted at the end."""
    client = client_of(server, WRITER, password_of_writer(server))
    aliases = Aliases(client, new_prefix(), **options)
    try:
        yield aliases
    finally:
        client.close()
        delete_indices(server, aliases.prefix)


def delete_indices(server, prefix):
    client = administrator(server)
    for index in client.indices.get(index=f"{prefix}-*").body:
        client.indices.delete(index=index)
    client.close()


@contextmanager
def own_index(server, **options):
    with own_aliases(server, **options) as aliases:
        yield ElasticIndex(aliases)
