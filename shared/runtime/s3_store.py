"""Where bytes are kept in production: a bucket of any S3 server."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from urllib.parse import urlsplit

from minio import Minio
from minio.error import InvalidResponseError, MinioException, S3Error, ServerError
from urllib3 import PoolManager, Retry, Timeout
from urllib3.exceptions import HTTPError

from shared.contracts.errors import DependencyUnavailable

_MISSING = frozenset({"NoSuchKey", "NoSuchVersion", "NoSuchObject", "XMinioInvalidObjectName"})
_CONNECT_SECONDS = 3
_READ_SECONDS = 30


class S3Store:
    """
    A bucket whose objects are the objects.

    A request that fails is tried twice more at once; what then still fails is the world's
    fault and is tried again by whoever works on the document.
    """

    def __init__(self, endpoint: str, bucket: str, *, access_key: str, secret_key: str) -> None:
        address = urlsplit(endpoint)
        self._bucket = bucket
        self._client = Minio(
            address.netloc,
            access_key=access_key,
            secret_key=secret_key,
            secure=address.scheme == "https",
            http_client=PoolManager(
                timeout=Timeout(connect=_CONNECT_SECONDS, read=_READ_SECONDS),
                retries=Retry(total=2, backoff_factor=0.2, status_forcelist=(500, 502, 503, 504)),
            ),
        )

    def create_bucket(self) -> None:
        """Make the bucket unless it is there."""
        with failures_named(self._bucket):
            if not self._client.bucket_exists(self._bucket):
                self._client.make_bucket(self._bucket)

    def read(self, key: str) -> bytes:
        with failures_named(key):
            answer = self._client.get_object(self._bucket, key)
            try:
                return answer.read()
            finally:
                answer.close()
                answer.release_conn()

    def size(self, key: str) -> int:
        with failures_named(key):
            return self._client.stat_object(self._bucket, key).size or 0

    def version(self, key: str) -> str:
        """Name the object's version in a versioned bucket, else its content's checksum."""
        with failures_named(key):
            found = self._client.stat_object(self._bucket, key)
            return found.version_id or (found.etag or "").strip('"')

    def write(self, key: str, content: bytes) -> None:
        with failures_named(key):
            self._client.put_object(self._bucket, key, BytesIO(content), len(content))

    def delete(self, key: str) -> None:
        with failures_named(key):
            self._client.remove_object(self._bucket, key)

    def keys(self, prefix: str) -> Iterator[str]:
        """List keys that begin with ``prefix``, in order, a thousand to a request."""
        with failures_named(prefix):
            for found in self._client.list_objects(self._bucket, prefix=prefix, recursive=True):
                if found.object_name and not found.is_dir:
                    yield found.object_name


@contextmanager
def failures_named(key: str) -> Iterator[None]:
    """Translate the client's errors, so that no caller needs to know the client."""
    try:
        yield
    except S3Error as error:
        if error.code in _MISSING:
            raise KeyError(key) from error
        raise DependencyUnavailable(f"object store: {error.code}") from error
    except (ServerError, InvalidResponseError, MinioException, HTTPError) as error:
        raise DependencyUnavailable(f"object store did not answer: {type(error).__name__}") from error
