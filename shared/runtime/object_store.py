"""Where bytes are kept: a folder on a laptop."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shared.contracts.errors import DependencyUnavailable

_PARTIAL = ".partial"


class FolderStore:
    """
    A folder whose files are the objects: the key is the path below it.

    A file appears under its name only when it is complete (written beside, flushed, renamed), so
    that neither a reader nor a crash ever meets half of one. Keys that a folder cannot hold as
    they are (``..``, empty parts, a leading ``/``) are refused with a ValueError, never mended.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, key: str) -> bytes:
        with _failures_named(key):
            return self._path(key).read_bytes()

    def size(self, key: str) -> int:
        with _failures_named(key):
            return self._path(key).stat().st_size

    def version(self, key: str) -> str:
        with _failures_named(key):
            return version_of(self._path(key).stat())

    def write(self, key: str, content: bytes) -> None:
        with _failures_named(key):
            path = self._path(key)
            path.parent.mkdir(parents=True, exist_ok=True)
            self._partial().mkdir(parents=True, exist_ok=True)
            _write_whole(path, content, beside=self._partial())

    def delete(self, key: str) -> None:
        with _failures_named(key):
            self._path(key).unlink(missing_ok=True)

    def keys(self, prefix: str) -> Iterator[str]:
        """List keys that begin with ``prefix``, in order; only the folder that it names is walked."""
        folder = self.folder / prefix.rpartition("/")[0]
        for path in sorted(_files_below(folder)):
            key = path.relative_to(self.folder).as_posix()
            if key.startswith(prefix) and not key.startswith(f"{_PARTIAL}/"):
                yield key

    def _path(self, key: str) -> Path:
        parts = key.split("/")
        if "\0" in key or parts[0] == _PARTIAL or any(part in ("", ".", "..") for part in parts):
            raise ValueError(f"a folder cannot hold the key {key!r}")
        return self.folder.joinpath(*parts)

    def _partial(self) -> Path:
        return self.folder / _PARTIAL


def version_of(status: os.stat_result) -> str:
    """Name the state of a file: it changes with every write that anybody could notice."""
    return f"{status.st_mtime_ns}-{status.st_size}"


def _files_below(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):
        yield from (Path(parent, name) for name in names)


def _write_whole(path: Path, content: bytes, *, beside: Path) -> None:
    descriptor, name = tempfile.mkstemp(dir=beside)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def _failures_named(key: str) -> Iterator[None]:
    """Translate the file system's errors, so that no caller needs to know it is one."""
    try:
        yield
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise KeyError(key) from error
    except OSError as error:
        raise DependencyUnavailable(f"object store: {error.strerror}") from error
