"""
Gives who uses the search index accounts of their own in Elasticsearch.

The search service, which strangers speak to, only finds; who writes keeps the indices of this
installation and knows no others. What each may do stands in ``deploy/elasticsearch``, so that it can
be granted by hand, too. The administrator's account is used here and nowhere else.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from elasticsearch import BadRequestError, Elasticsearch
from pydantic import SecretStr

from shared.contracts.errors import DependencyUnavailable
from shared.runtime.elastic_index.connection import failures_named


def let_in(client: Elasticsearch, passwords: Mapping[str, SecretStr], *, roles: Path, prefix: str) -> None:
    """
    Make a role and a user for each of ``passwords``, named like it after the prefix of the indices.

    Doing it again sets rights and passwords anew.
    """
    with failures_named(), _security_on():
        for name, password in passwords.items():
            account = f"{prefix}-{name}"
            client.security.put_role(name=account, body=rights_from(roles / f"{name}.json", prefix))
            client.security.put_user(username=account, password=password.get_secret_value(), roles=[account])


@contextmanager
def _security_on() -> Iterator[None]:
    """Without security Elasticsearch has no such address at all."""
    try:
        yield
    except BadRequestError as error:
        if "no handler found" not in str(error):
            raise
        raise DependencyUnavailable(
            "search index: this Elasticsearch has no accounts, its security is off; "
            "JIXIAO_SETUP_INDEX_GRANTS=false does without"
        ) from error


def rights_from(path: Path, prefix: str) -> dict[str, Any]:
    """Read a role, with the indices under the names they have here."""
    return dict(json.loads(path.read_text().replace('"jixiao-', f'"{prefix}-')))
