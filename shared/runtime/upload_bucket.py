"""The bucket into which people put files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from minio.notificationconfig import NotificationConfig, QueueConfig

from shared.runtime.s3_store import S3Store, failures_named

_AT_ONCE = 1000
_EVENTS = ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"]


@dataclass(frozen=True, slots=True)
class Upload:
    """A key that is there, and the checksum of its content, which notifications call the same."""

    key: str
    version: str


class UploadBucket(S3Store):
    """
    A bucket that others write and we only read.

    Its versions are named by checksums in a versioned bucket too: a listing costs a thousandth
    of asking for each object, and putting the same bytes there again is nothing new.
    """

    def version(self, key: str) -> str:
        with failures_named(key):
            return _unquoted(self._client.stat_object(self._bucket, key).etag)

    def notify(self, listener: str) -> None:
        """Have the server tell ``listener`` what appears and what goes; saying it again changes nothing."""
        config = NotificationConfig(
            queue_config_list=[QueueConfig(queue=listener, events=_EVENTS, config_id="ingest")]
        )
        with failures_named(self._bucket):
            self._client.set_bucket_notification(self._bucket, config)

    def metadata(self, key: str) -> Mapping[str, str]:
        """Answer what the uploader said about the file."""
        with failures_named(key):
            said = self._client.stat_object(self._bucket, key).metadata or {}
            return {name.lower(): str(text) for name, text in said.items()}

    def uploads(
        self, prefix: str = "", *, after: str = "", limit: int | None = None
    ) -> Iterator[list[Upload]]:
        """List uploads in parts of up to a thousand, at most ``limit`` of them, from behind ``after`` on."""
        with failures_named(prefix):
            objects = self._client.list_objects(
                self._bucket, prefix=prefix, recursive=True, start_after=after or None
            )
            found = islice(objects, limit)
            while part := list(islice(found, _AT_ONCE)):
                yield [
                    Upload(one.object_name, _unquoted(one.etag)) for one in part if _is_file(one.object_name)
                ]


def _is_file(key: str | None) -> bool:
    """Consoles mark an empty folder by an object whose name ends in a slash."""
    return bool(key) and not str(key).endswith("/")


def _unquoted(etag: str | None) -> str:
    return (etag or "").strip('"')
