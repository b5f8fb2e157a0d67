"""The one writer that a tantivy index may have, taken for as short a time as the work needs."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Final

from tantivy import Index, IndexWriter

from shared.contracts.errors import DependencyUnavailable

_PAUSE_SECONDS: Final = 0.05
_SMALL_HEAP_BYTES: Final = 30_000_000
_LARGE_HEAP_BYTES: Final = 256_000_000
_BATCH_THREADS: Final = 1
"""Indexing keeps up with whoever makes the documents: a second thread only makes more pieces to join."""


class Writing:
    """
    Gives the writer to one caller at a time, of all threads and processes.

    The writer is opened for each piece of work (about 10 ms), so that a command line can write
    while a server runs. What a caller does is seen whole after it, or not at all. ``present`` gives
    the index that lies in the folder now: while one waits, another may be put in its place.
    """

    def __init__(self, present: Callable[[], Index], *, patience_seconds: float) -> None:
        self._present = present
        self._patience_seconds = patience_seconds
        self._turn = RLock()
        self._open: IndexWriter | None = None

    @contextmanager
    def writer(self, *, large: bool = False) -> Iterator[IndexWriter]:
        """Lend the writer, and commit when the caller is done; a caller within a caller shares its writer."""
        with self._turn:
            if self._open is not None:
                yield self._open
                return
            self._open = self._acquire(large=large)
            try:
                yield self._open
                self._open.commit()
            except BaseException:
                self._open.rollback()
                raise
            finally:
                # Merges under way would be lost, and small segments pile up, if nobody waited.
                self._open.wait_merging_threads()
                self._open = None

    @contextmanager
    def nobody_writes(self) -> Iterator[None]:
        """Keep everybody from writing, so that the folder can be moved; nothing is written by this."""
        with self._turn:
            held = self._acquire(large=False)
            try:
                yield
            finally:
                del held

    def _acquire(self, *, large: bool) -> IndexWriter:
        deadline = time.monotonic() + self._patience_seconds
        while True:
            index = self._present()
            try:
                writer = _writer(index, large=large)
            except ValueError as error:
                if "LockBusy" not in str(error):
                    raise
                if time.monotonic() > deadline:
                    raise DependencyUnavailable("search index: another process is writing") from error
                time.sleep(_PAUSE_SECONDS)
                continue
            if self._present() is index:
                return writer
            del writer


def _writer(index: Index, *, large: bool) -> IndexWriter:
    if large:
        return index.writer(_LARGE_HEAP_BYTES, _BATCH_THREADS)
    return index.writer(_SMALL_HEAP_BYTES, 1)
