"""What a service on servers is connected to."""

from dataclasses import dataclass

from shared.runtime.celery_queue import CeleryBus, celery_app
from shared.runtime.database import open_postgres
from shared.runtime.ledger import DatabaseLedger
from shared.runtime.locks import DatabaseLocks
from shared.runtime.s3_store import S3Store
from shared.runtime.server_settings import (
    BrokerSettings,
    DatabaseSettings,
    StoreSettings,
    TaskSettings,
    UploadSettings,
)
from shared.runtime.upload_bucket import UploadBucket


@dataclass(frozen=True, slots=True)
class Ports:
    """Bookkeeping, the archive of originals and artifacts, and the bucket of uploads."""

    ledger: DatabaseLedger
    locks: DatabaseLocks
    store: S3Store
    uploads: UploadBucket


def connect() -> Ports:
    """Connect to what the settings name; DependencyUnavailable where the ledger does not answer."""
    engine = open_postgres(DatabaseSettings().url.get_secret_value())
    return Ports(DatabaseLedger(engine), DatabaseLocks(engine), connect_store(), connect_uploads())


def connect_store() -> S3Store:
    """Give the archive; nothing is sent yet."""
    settings = StoreSettings()
    secret = settings.secret_key.get_secret_value()
    return S3Store(settings.endpoint, settings.archive, access_key=settings.access_key, secret_key=secret)


def connect_uploads() -> UploadBucket:
    """Give the bucket of uploads; nothing is sent yet."""
    settings = StoreSettings()
    secret = settings.secret_key.get_secret_value()
    return UploadBucket(
        settings.endpoint, UploadSettings().bucket, access_key=settings.access_key, secret_key=secret
    )


def connect_bus() -> CeleryBus:
    """Give the queues to somebody who only announces."""
    return CeleryBus(celery_app(BrokerSettings(), TaskSettings()))


def prepare_stores() -> None:
    """Make the buckets, and have the bucket of uploads tell what happens where somebody listens."""
    connect_store().create_bucket()
    uploads = connect_uploads()
    uploads.create_bucket()
    listener = StoreSettings().notification
    if listener:
        uploads.notify(listener)
