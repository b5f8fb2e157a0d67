"""Readers for the sandbox's tests, each with its own way to go wrong."""

import ctypes
import os
import sys
import time
from pathlib import Path

from shared.contracts.errors import TooManyPages
from shared.contracts.pages import Box, Page, Word


def one_page(content: bytes, *, width: float = 100.0) -> tuple[Page, ...]:
    word = Word(content.decode(), Box(0, 0, 10, 10), (0.0, 10.0), 0.5)
    return (Page(1, width, 100.0, "text", "text_layer", words=(word,)),)


def process_id() -> int:
    return os.getpid()


def printing() -> str:
    print("a library that prints")
    os.write(1, b"and one that writes past Python")
    sys.stderr.write("and complains")
    return "quiet"


def environment() -> dict[str, str]:
    return dict(os.environ)


def going_through_a_set() -> str:
    return "".join({"total", "fiscal", "other", "special_account", "name", "code"})


def rejecting() -> str:
    raise TooManyPages(pages=3, limit=2)


def failing() -> str:
    raise LookupError("nobody foresaw this")


def hanging() -> str:
    time.sleep(60)
    return "too late"


def spinning() -> str:
    while True:
        pass


def greedy() -> str:
    return str(len(bytearray(8 * 1024**3)))


def crashing() -> str:
    ctypes.string_at(0)
    return "unreachable"


def crashing_once(marker: str) -> str:
    if not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), 9)
    return "second time"


def writing(folder: str) -> str:
    Path(folder, "big").write_bytes(b"x" * 2 * 1024 * 1024)
    return "written"
