"""
Prepares an empty MinIO and accounts on the other servers: ``python -m services.reconciler.setup``.

Run at every start, with the administrators' keys, which no service ever sees. Each service gets a
key of its own and the rights that stand in ``deploy/minio``. On other S3 servers these are set up
with that server's own tools. Search gets an account of its own in the ledger, search and who writes
get theirs in Elasticsearch, if passwords are told. Doing it again changes nothing.
"""

import json
import sys
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from minio import MinioAdmin
from minio.credentials.providers import StaticProvider
from minio.error import MinioAdminException
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict
from urllib3.exceptions import HTTPError

from services.reconciler.index_rights import let_in
from services.reconciler.ledger_rights import let_search_read
from shared.contracts.errors import DependencyUnavailable
from shared.runtime.connected_index import connect_aliases
from shared.runtime.database import open_postgres
from shared.runtime.ports import prepare_stores
from shared.runtime.server_settings import DatabaseSettings, StoreSettings, UploadSettings

_ARN: Final = "arn:aws:s3:::"
_UNAVAILABLE: Final = 4


class SetupSettings(BaseSettings):
    """
    The secret key of each service; its access key is ``jixiao-`` and its name.

    Without ``grants`` keys and rights are left to the administrator of the object store, without
    ``index_grants`` to that of Elasticsearch.
    """

    model_config = SettingsConfigDict(env_prefix="JIXIAO_SETUP_", frozen=True)

    grants: bool = True
    policies: Path = Path("deploy/minio")
    ingest_secret: SecretStr = Field(min_length=16)
    ocr_secret: SecretStr = Field(min_length=16)
    parse_secret: SecretStr = Field(min_length=16)
    index_secret: SecretStr = Field(min_length=16)
    search_secret: SecretStr = Field(min_length=16)
    reconciler_secret: SecretStr = Field(min_length=16)
    ledger_search_password: SecretStr | None = Field(default=None, min_length=16)
    index_grants: bool = True
    roles: Path = Path("deploy/elasticsearch")
    index_search_password: SecretStr | None = Field(default=None, min_length=16)
    index_writer_password: SecretStr | None = Field(default=None, min_length=16)

    def secrets(self) -> dict[str, str]:
        """List the secrets by service."""
        found = {name.removesuffix("_secret"): value for name, value in self if name.endswith("_secret")}
        return {service: secret.get_secret_value() for service, secret in found.items()}

    def index_passwords(self) -> dict[str, SecretStr]:
        """List the passwords to the search index by role, as far as they are told."""
        told = {"search": self.index_search_password, "index": self.index_writer_password}
        return {role: password for role, password in told.items() if password and self.index_grants}


def grant_rights(settings: SetupSettings, store: StoreSettings) -> None:
    """Make a user for each service, and give it what its policy allows."""
    admin = _admin(store)
    try:
        for service, secret in settings.secrets().items():
            name = f"jixiao-{service}"
            admin.policy_add(name, policy=_policy(settings.policies / f"{service}.json", store))
            admin.user_add(name, secret)
            _attach(admin, name)
    except (MinioAdminException, HTTPError) as error:
        raise DependencyUnavailable(f"object store: {error}") from error


def _admin(store: StoreSettings) -> MinioAdmin:
    address = urlsplit(store.endpoint)
    keys = StaticProvider(store.access_key, store.secret_key.get_secret_value())
    return MinioAdmin(endpoint=address.netloc, credentials=keys, secure=address.scheme == "https")


def _policy(path: Path, store: StoreSettings) -> dict[str, object]:
    """Read a policy, with the buckets under the names they have here."""
    text = path.read_text()
    for name, here in (("uploads", UploadSettings().bucket), ("archive", store.archive)):
        text = text.replace(f"{_ARN}{name}", f"{_ARN}{here}")
    return dict(json.loads(text))


def _attach(admin: MinioAdmin, name: str) -> None:
    """MinIO refuses to attach what is attached already."""
    try:
        admin.attach_policy([name], user=name)
    except MinioAdminException as error:
        if "already" not in str(error):
            raise


def prepare_accounts(settings: SetupSettings) -> None:
    """Make the accounts that are to be made here, on each of the servers."""
    if settings.grants:
        grant_rights(settings, StoreSettings())
    if settings.ledger_search_password:
        engine = open_postgres(DatabaseSettings().url.get_secret_value())
        let_search_read(engine, settings.ledger_search_password)
    if passwords := settings.index_passwords():
        aliases = connect_aliases()
        let_in(aliases.client, passwords, roles=settings.roles, prefix=aliases.prefix)


def main() -> int:
    """Prepare, or say why not; answer the exit status."""
    try:
        prepare_stores()
        prepare_accounts(SetupSettings())
    except DependencyUnavailable as fault:
        print(f"暂时无法准备：{fault}。 Not available now; try again later.", file=sys.stderr)
        return _UNAVAILABLE
    return 0


if __name__ == "__main__":
    sys.exit(main())
