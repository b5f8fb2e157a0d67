"""Takes uploads of the search page into the bucket that ingest is told about."""

import hashlib
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path, PurePosixPath

from shared.contracts.artifacts import ObjectStore
from shared.contracts.events import DocumentUploaded, Event
from shared.contracts.ledger import Ledger, QuarantineEntry
from shared.runtime.replaying import replay


class BucketIntake:
    """
    The intake of servers; another file of the same name is kept beside the first.

    Where uploads count only below some prefixes, ``folder`` is the one they are put below.
    The upload is announced here as well: a bucket need not tell of what appears in it, and news
    that come twice do no harm.
    """

    def __init__(
        self,
        bucket: str,
        uploads: ObjectStore,
        *,
        announce: Callable[[Event], None],
        ledger: Ledger,
        folder: str = "",
    ) -> None:
        self.bucket = bucket
        self._folder = folder
        self._uploads = uploads
        self._announce = announce
        self._ledger = ledger

    def receive(self, name: str, file: Path) -> str:
        """Put a file into the bucket and announce it; answer its key."""
        content = file.read_bytes()
        key = next(key for key in _candidates(f"{self._folder}{name}") if self._is_free_for(key, content))
        self._uploads.write(key, content)
        version = self._uploads.version(key)
        self._announce(DocumentUploaded(bucket=self.bucket, key=key, version=version))
        return key

    def replay(self, entry: QuarantineEntry) -> None:
        """Announce again what was quarantined."""
        replay(entry, announce=self._announce, ledger=self._ledger)

    def _is_free_for(self, key: str, content: bytes) -> bool:
        try:
            if self._uploads.size(key) != len(content):
                return False
        except KeyError:
            return True
        known = self._ledger.source_at(self.bucket, key)
        return known is not None and known.document_id == hashlib.sha256(content).hexdigest()


def _candidates(name: str) -> Iterator[str]:
    path = PurePosixPath(name)
    yield name
    yield from (str(path.with_stem(f"{path.stem} ({number})")) for number in count(2))
