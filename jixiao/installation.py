"""Which installation a command means: the servers that the settings name, or a home on this machine."""

import os
from collections.abc import Mapping
from typing import Final, Protocol

from jixiao.archive import open_archive
from jixiao.home import Home
from shared.contracts.artifacts import ObjectStore
from shared.contracts.events import Event
from shared.contracts.ledger import DocumentEntry, Ledger

_SAYS_SERVERS: Final = "JIXIAO_DATABASE_URL"


class Bus(Protocol):
    """Where work is announced, and how much of it waits."""

    def announce(self, event: Event) -> None: ...
    def waiting(self) -> Mapping[str, int]: ...


class Installation(Protocol):
    """What a command looks into; ``worker`` is the process that works in a home, if one does."""

    @property
    def ledger(self) -> Ledger: ...
    @property
    def bus(self) -> Bus: ...
    @property
    def store(self) -> ObjectStore: ...
    @property
    def where(self) -> str: ...
    def documents_named(self, wanted: str) -> list[DocumentEntry]: ...
    def worker(self) -> Mapping[str, object] | None: ...


def is_on_servers() -> bool:
    """Say whether the settings name servers."""
    return bool(os.environ.get(_SAYS_SERVERS))


def open_installation(home: Home) -> Installation:
    """Open the servers that the settings name, else the home."""
    if not is_on_servers():
        return open_archive(home)
    # Imported here, because a laptop has neither the libraries nor the settings.
    from jixiao.on_servers import open_servers

    return open_servers()
