"""Works off what is announced: here, or by watching the process that works in this home."""

import time
from collections.abc import Callable
from typing import Final

from jixiao.archive import Archive
from jixiao.home import HomeBusy
from jixiao.telling import stopping_told
from shared.runtime.settings import ReadingSettings

_LOOK_SECONDS: Final = 0.2


def work_off(archive: Archive, *, until: Callable[[], bool] | None = None) -> None:
    """
    Return when nothing waits any more, or when ``until`` says so.

    One process at a time works in a home. Where another one does, it does this work too, and
    where that one ends before, the work is taken up here.
    """
    # Imported here, because a command that only looks should not wait for the readers.
    from jixiao.workshop import open_workshop

    is_done = until or (lambda: not archive.bus.waiting())
    while not is_done():
        try:
            with open_workshop(archive, ReadingSettings(), command="work"), stopping_told():
                while not is_done():
                    time.sleep(_LOOK_SECONDS)
        except HomeBusy:
            time.sleep(_LOOK_SECONDS)
