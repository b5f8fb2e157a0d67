"""Goes through the bucket, a stretch at a time, and through what the ledger says of it."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Final, Protocol

from services.reconciler.seen import SeenKeys
from shared.contracts.events import DocumentUploaded, Event, UploadRemoved
from shared.contracts.ledger import Ledger, Source

_AT_ONCE: Final = 1000


class Upload(Protocol):
    """A key of the bucket and the checksum of its content."""

    @property
    def key(self) -> str: ...
    @property
    def version(self) -> str: ...


class Bucket(Protocol):
    """A bucket that can be listed from any key on."""

    def uploads(self, *, after: str, limit: int) -> Iterator[Sequence[Upload]]: ...


class Sweep:
    """
    Lists a bucket over several rounds, so that no round of a large one takes long.

    Which keys were seen is remembered until the end: what the ledger knows beyond these was deleted.
    Neither bucket nor ledger is ever in memory as a whole. Servers list keys in different orders, so
    that nothing is concluded from the order. A key that was put there after its turn is taken for
    deleted here and found to be there by whoever handles the event.
    """

    def __init__(
        self, bucket: Bucket, name: str, ledger: Ledger, *, is_upload: Callable[[str], bool]
    ) -> None:
        self._bucket = bucket
        self._name = name
        self._ledger = ledger
        self._is_upload = is_upload
        self._after = ""
        self._seen = SeenKeys()

    def stretch(self, *, limit: int) -> Iterator[Event]:
        """Go on by about ``limit`` keys; at the end of the bucket, tell what is gone and begin anew."""
        listed = 0
        for part in self._bucket.uploads(after=self._after, limit=limit):
            listed += len(part)
            self._after = part[-1].key
            yield from self._missed([one for one in part if self._is_upload(one.key)])
        if listed < limit:
            yield from self._removed()
            self._after, self._seen = "", SeenKeys()

    def _missed(self, part: Sequence[Upload]) -> Iterator[Event]:
        """List what nobody has looked at; what was refused as it is stays refused."""
        keys = [one.key for one in part]
        self._seen.update(keys)
        known = self._ledger.versions_at(self._name, keys)
        refused = self._ledger.refused_versions(self._name, keys)
        for one in part:
            if one.version not in (known.get(one.key), refused.get(one.key)):
                yield DocumentUploaded(bucket=self._name, key=one.key, version=one.version)

    def _removed(self) -> Iterator[Event]:
        for source in chain.from_iterable(self._known_parts()):
            if source.key not in self._seen:
                yield UploadRemoved(bucket=self._name, key=source.key)

    def _known_parts(self) -> Iterator[tuple[Source, ...]]:
        after = ""
        while part := self._ledger.sources_after(self._name, after, limit=_AT_ONCE):
            yield part
            after = part[-1].key
