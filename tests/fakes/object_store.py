"""An object store in memory."""

from collections.abc import Iterator
from hashlib import sha256


class MemoryStore:
    """Objects in a dictionary."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    def read(self, key: str) -> bytes:
        return self.objects[key]

    def size(self, key: str) -> int:
        return len(self.objects[key])

    def version(self, key: str) -> str:
        return sha256(self.objects[key]).hexdigest()

    def write(self, key: str, content: bytes) -> None:
        self.objects[key] = content

    def delete(self, key: str) -> None:
        self.objects.pop(key, None)

    def keys(self, prefix: str) -> Iterator[str]:
        yield from sorted(key for key in self.objects if key.startswith(prefix))
