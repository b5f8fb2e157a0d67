"""Pictures of pages: drawn once from the original, then kept on disk within a limit."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final, Protocol

PIXELS_PER_POINT: Final = 2.0
CACHE_BYTES: Final = 512 * 1024 * 1024
DRAWN_AT_ONCE: Final = 2
_SAFE: Final = re.compile(r"[0-9a-zA-Z]+")


class PageRenderer(Protocol):
    """
    Draws one page of an untrusted document as PNG, as shown (rotation applied).

    The bytes are opened in a process that can be killed. Numbers count from 1; a page that
    the document does not have is an IndexError, a document that cannot be drawn a DocumentRejected.
    """

    def render_page(self, content: bytes, *, page: int, pixels_per_point: float) -> bytes: ...


class Pictures:
    """
    Page pictures in a folder that never grows beyond ``limit_bytes``: the least recently seen go first.

    A picture follows from the document's hash and its page, so it never goes stale. Only a few
    are drawn at once: a hundred requests for pages must not start a hundred processes.
    """

    def __init__(self, renderer: PageRenderer, folder: Path, *, limit_bytes: int = CACHE_BYTES) -> None:
        self._renderer = renderer
        self._folder = folder
        self._limit_bytes = limit_bytes
        self._turns = BoundedSemaphore(DRAWN_AT_ONCE)

    def page(self, document_id: str, page: int, load: Callable[[], bytes]) -> bytes:
        """Give the picture of a page; ``load`` is asked for the original only where it must be drawn."""
        if not _SAFE.fullmatch(document_id):
            raise ValueError(document_id)
        path = self._folder / f"{document_id}-{page}.png"
        kept = _read_if_there(path)
        if kept is not None:
            return kept
        with self._turns:
            kept = _read_if_there(path)
            return kept if kept is not None else self._draw(path, page, load())

    def _draw(self, path: Path, page: int, content: bytes) -> bytes:
        picture = self._renderer.render_page(content, page=page, pixels_per_point=PIXELS_PER_POINT)
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}.part")
        unfinished.write_bytes(picture)
        unfinished.replace(path)
        self._forget_oldest()
        return picture

    def _forget_oldest(self) -> None:
        kept = sorted(self._folder.glob("*.png"), key=_last_seen, reverse=True)
        size_bytes = 0
        for path in kept:
            size_bytes += path.stat().st_size if path.exists() else 0
            if size_bytes > self._limit_bytes:
                path.unlink(missing_ok=True)


def _read_if_there(path: Path) -> bytes | None:
    try:
        content = path.read_bytes()
        os.utime(path)
    except FileNotFoundError:
        return None
    return content


def _last_seen(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
